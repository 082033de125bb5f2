/** Page objects for the tests: accessible names only, and a console that must stay clean. */
import { test as base, expect, type Page } from '@playwright/test'
import type { NamedFile } from './files.mjs'

/** Playwright's own warning: the service worker would hide requests from the tests. */
const workerBlocked = 'Service Worker registration blocked by Playwright'

export const test = base.extend<{ complaintsExpected: boolean; cleanConsole: undefined }>({
  /** True if a test makes requests fail, which Chromium logs. */
  complaintsExpected: [false, { option: true }],
  cleanConsole: [
    async ({ page, complaintsExpected }, use) => {
      const complaints: string[] = []
      page.on('console', (message) => {
        if (message.type() !== 'error' && message.type() !== 'warning') return
        if (message.text() !== workerBlocked) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(String(error)))
      await use(undefined)
      if (!complaintsExpected) expect(complaints, 'errors and warnings on the console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

export const synthesizeButton = (page: Page) => page.getByRole('button', { name: 'Synthesize' })
export const takes = (page: Page) => page.getByRole('region', { name: 'Takes' })
export const take = (page: Page, name: string) => takes(page).getByRole('group', { name, exact: true })

/** Opens the view “Listen” and waits until Synthesize is enabled. */
export async function open(page: Page, search = '') {
  await page.goto(`./${search}#/listen`)
  await expect(synthesizeButton(page)).toBeEnabled({ timeout: 60_000 })
}

export const viewNames = [
  'Start',
  'Listen',
  'Inside',
  'Compare',
  'Blind test',
  'Batch',
  'Fine-tune',
  'How it works',
] as const

/** Opens a view by its link in the navigation. */
export async function openView(page: Page, name: (typeof viewNames)[number]) {
  const link = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true })
  await link.click()
  await expect(link).toHaveAttribute('aria-current', 'page')
}

/** Shows the controls of loop, axis, zoom and range. */
export async function openDisplay(page: Page) {
  await takes(page).getByRole('button', { name: 'Display' }).click()
}

export async function openFile(page: Page, file: NamedFile) {
  await page.getByLabel('Open a mel or audio file').setInputFiles(file)
}

/** Opens a mel file and waits until it is the page's source. */
export async function openMel(page: Page, file: NamedFile) {
  await openFile(page, file)
  await expect(page.getByRole('region', { name: 'Mel file' })).toContainText(file.name)
}

export const stepsChoice = (page: Page, name: string) =>
  page.getByRole('radiogroup', { name: 'Steps' }).getByRole('radio', { name, exact: true })

/** Presses Synthesize and waits for the takes. */
export async function synthesize(page: Page) {
  await synthesizeButton(page).click()
  await expect(take(page, 'InferGrad').getByRole('button', { name: 'Download WAV' })).toBeVisible({
    timeout: 90_000,
  })
  await expect(synthesizeButton(page)).toBeEnabled({ timeout: 90_000 })
}
