// npm run share-image: photographs the first view of the built page for links to it (public/share.jpg).
import { chromium } from 'playwright'
import { chromiumFlags, findChromium } from './chromium.mjs'
import { run } from './setup.mjs'

if (!process.argv.includes('--built') && !run('npx', ['vite', 'build', '--logLevel', 'warn'])) process.exit(1)
const { preview } = await import('vite')
const server = await preview({ preview: { port: Number(process.env.PORT ?? 4191) }, logLevel: 'silent' })
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags })
// The size that link previews are made for.
const page = await browser.newPage({
  serviceWorkers: 'block',
  viewport: { width: 1200, height: 630 },
  colorScheme: 'dark',
})
await page.goto(server.resolvedUrls?.local[0] ?? '')
// Every sample has its spectrogram when no cell is of one colour any more.
await page.waitForFunction(
  () => {
    const canvases = [...document.querySelectorAll('main canvas')]
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
await page.getByRole('button', { name: 'Copy link' }).waitFor()
await page.screenshot({ path: 'public/share.jpg', type: 'jpeg', quality: 85 })
await browser.close()
await server.close()
