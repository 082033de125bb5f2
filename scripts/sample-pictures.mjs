// Paints the spectrograms of the samples with the page's own analysis and colours, so that the first view only shows them.
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'vite'

/** Twice the box of a cell on a wide screen. */
const [width, height] = [560, 352]
const quality = 0.75

/**
 * Writes a WebP beside each FLAC.
 * @param {import('playwright').Browser} browser
 * @param {string} folder of the samples
 * @param {readonly { readonly file: string, readonly picture: string }[]} samples names of both files
 * @param {number} sampleRateHz
 */
export async function paintSamples(browser, folder, samples, sampleRateHz) {
  const server = await createServer({
    server: { port: Number(process.env.PORT ?? 4192) },
    logLevel: 'silent',
  })
  await server.listen()
  const page = await browser.newPage()
  // A document of the server that starts nothing.
  await page.goto(new URL('examples/index.json', server.resolvedUrls?.local[0]).href)
  for (const { file, picture } of samples) {
    const flac = readFileSync(`${folder}/${file}`).toString('base64')
    const webp = await page.evaluate(paintInPage, { flac, sampleRateHz, width, height, quality })
    writeFileSync(`${folder}/${picture}`, Buffer.from(webp, 'base64'))
  }
  await page.close()
  await server.close()
}

/** @param {{ flac: string, sampleRateHz: number, width: number, height: number, quality: number }} sample */
async function paintInPage(sample) {
  // Only the development server resolves the path.
  const path = '/scripts/sample-picture.ts'
  return (await import(path)).paintSample(sample)
}
