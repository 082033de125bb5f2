// Memory that a WAV of an hour and a mel of 20 minutes take, and the time after which a vocoder that was killed is replaced.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tacotronMel, wav } from '../e2e/files.mjs'
import { peakRendererMegabytes } from './memory.mjs'
import { freshBrowser, open, openFile, synthesize } from './visit.mjs'

const hopsPerSecond = 22_050 / 256

/** One second, repeated, in a WAV file of that many seconds. */
function longWav(/** @type {number} */ seconds) {
  const { buffer } = wav(1)
  const [header, body] = [Buffer.from(buffer.subarray(0, 44)), buffer.subarray(44)]
  header.writeUInt32LE(36 + seconds * body.length, 4)
  header.writeUInt32LE(seconds * body.length, 40)
  return Buffer.concat([header, ...new Array(seconds).fill(body)])
}

/** Playwright takes files of more than 50 MB by their path alone. */
async function onDisk(
  /** @type {{ name: string, buffer: Buffer }} */ { name, buffer },
  /** @type {(path: string) => Promise<void>} */ use,
) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const path = join(folder, name)
  writeFileSync(path, buffer)
  try {
    await use(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** @param {string} address */
export async function measureLong(address) {
  const hourOfWav = await freshBrowser(async (page, browserPid) => {
    await open(page, address)
    const before = peakRendererMegabytes(browserPid)
    const file = { name: 'hour.wav', buffer: longWav(3600) }
    await onDisk(file, async (path) => {
      await page.getByLabel('Open a mel or audio file').setInputFiles(path)
      await page.getByRole('alert').filter({ hasText: file.name }).waitFor({ timeout: 120_000 })
    })
    return { megabytesBefore: before, megabytesAtMost: peakRendererMegabytes(browserPid) }
  })
  const twentyMinutes = await freshBrowser(async (page, browserPid) => {
    await open(page, address)
    await openFile(page, tacotronMel(Math.round(1200 * hopsPerSecond), 'lj-printing.npy'))
    const { wallSeconds } = await synthesize(page, 7_200_000)
    return { wallSeconds, megabytesAtMost: peakRendererMegabytes(browserPid) }
  })
  return { hourOfWav, twentyMinutes, secondsToReplaceVocoder: await measureRecovery(address) }
}

/** @param {string} address */
function measureRecovery(address) {
  return freshBrowser(async (page) => {
    await page.addInitScript(() => {
      window.Worker = class extends Worker {
        /**
         * @param {string | URL} url
         * @param {WorkerOptions} [options]
         */
        constructor(url, options) {
          super(url, options)
          if (options?.name === 'vocoder') Reflect.set(window, 'killVocoder', () => this.terminate())
        }
      }
    })
    await open(page, address)
    await openFile(page, tacotronMel(400, 'lj-printing.npy'))
    await page.getByRole('button', { name: 'Synthesize' }).click()
    await page.getByRole('progressbar', { name: 'Synthesis progress' }).waitFor()
    const begun = performance.now()
    await page.evaluate(() => Reflect.get(window, 'killVocoder')())
    await page.getByText('The vocoder was started again').waitFor({ timeout: 120_000 })
    return Math.round((performance.now() - begun) / 100) / 10
  })
}
