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

/** Runs in a page of the development server, which serves the modules that it imports. */
async function paintInPage(
  /** @type {{ flac: string, sampleRateHz: number, width: number, height: number, quality: number }} */ {
    flac,
    sampleRateHz,
    width,
    height,
    quality,
  },
) {
  const load = (/** @type {string} */ path) => import(path)
  const { measure } = await load('/src/analysis/measure.ts')
  const { paintSpectrogram } = await load('/src/ui/figures/painting/spectrogram-picture.ts')
  const bytes = Uint8Array.from(atob(flac), (character) => character.charCodeAt(0))
  const context = new OfflineAudioContext(1, 1, sampleRateHz)
  const samples = (await context.decodeAudioData(bytes.buffer)).getChannelData(0)
  const { spectrogram, peakDb } = await measure({ audio: { samples, sampleRateHz } })
  const small = Object.assign(document.createElement('canvas'), { width, height })
  const drawing = small.getContext('2d')
  if (!drawing) throw new Error('no canvas')
  drawing.imageSmoothingQuality = 'high'
  drawing.drawImage(paintSpectrogram(spectrogram, peakDb), 0, 0, width, height)
  return small.toDataURL('image/webp', quality).split(',')[1]
}
