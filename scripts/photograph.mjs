// Opens the built page to take pictures of it.
import { chromium } from 'playwright'
import { chromiumFlags, findChromium } from './chromium.mjs'
import { run } from './setup.mjs'

/**
 * Builds the page, unless the command line has `--built`, serves it and hands it to `act`.
 * @param {import('playwright').BrowserContextOptions} options
 * @param {(page: import('playwright').Page, address: string) => Promise<void>} act
 */
export async function photograph(options, act) {
  if (!process.argv.includes('--built') && !run('npx', ['vite', 'build', '--logLevel', 'warn']))
    process.exit(1)
  const { preview } = await import('vite')
  const server = await preview({ preview: { port: Number(process.env.PORT ?? 4191) }, logLevel: 'silent' })
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags })
  try {
    const page = await browser.newPage({ serviceWorkers: 'block', ...options })
    await act(page, server.resolvedUrls?.local[0] ?? '')
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Waits until every picture of the view has more than one colour. */
export async function untilPainted(/** @type {import('playwright').Page} */ page) {
  await page.waitForFunction(
    () => {
      const canvases = [...document.querySelectorAll('main canvas')].filter((one) => one.checkVisibility())
      return (
        canvases.length > 0 &&
        canvases.every((canvas) => {
          if (!(canvas instanceof HTMLCanvasElement) || canvas.width * canvas.height === 0) return false
          const { data = [] } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {}
          return data.some((value) => value > 0)
        })
      )
    },
    undefined,
    { timeout: 120_000 },
  )
}
