/** Lets a test terminate workers as the system does when memory runs out, without notice to the page. */
import type { Page } from '@playwright/test'

/** Call it before the page is opened. */
export async function makeWorkersKillable(page: Page) {
  await page.addInitScript(() => {
    const byName = new Map<string, () => void>()
    Reflect.set(window, 'workersByName', byName)
    window.Worker = class extends Worker {
      constructor(address: string | URL, options?: WorkerOptions) {
        super(address, options)
        byName.set(options?.name ?? '', () => this.terminate())
      }
    }
  })
}

/** Terminates the newest worker of that name. */
export async function killWorker(page: Page, name: string) {
  await page.evaluate((killed) => Reflect.get(window, 'workersByName').get(killed)?.call(), name)
}
