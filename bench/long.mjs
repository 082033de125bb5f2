// Memory that a WAV of an hour takes, and memory and time of a long mel compared with a short one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tacotronMel, wav } from '../e2e/testing/files.mjs'
import { memoryByProcess, peakRendererMegabytes, rendererMegabytes } from './memory.mjs'
import { rounded } from './numbers.mjs'
import { freshBrowser, open, openFile, synthesize, takeNames } from './visit.mjs'

const hopsPerSecond = 22_050 / 256

/** One second, repeated, in a WAV file of that many seconds. */
function longWav(/** @type {number} */ seconds) {
  const { buffer } = wav(1)
  const [header, body] = [Buffer.from(buffer.subarray(0, 44)), buffer.subarray(44)]
  header.writeUInt32LE(36 + seconds * body.length, 4)
  header.writeUInt32LE(seconds * body.length, 40)
  return Buffer.concat([header, ...new Array(seconds).fill(body)])
}

/** Playwright passes a file without a path through the page's own memory, and takes none of more than 50 MB. */
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

/** Seconds of speech of the short mel. */
const shortSeconds = 30

/**
 * @param {string} address
 * @param {number} minutes of the long mel
 */
export async function measureLong(address, minutes) {
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
  return { hourOfWav, mel: await measureLongMel(address, minutes) }
}

/**
 * Makes all takes of a short mel, then of the long one, on one page: the cost of a second of speech in each, the memory
 * of the tab before each and at every tenth of the time until all is measured, and that of each process at most.
 * @param {string} address
 * @param {number} minutes
 */
function measureLongMel(address, minutes) {
  return freshBrowser(async (page, browserPid) => {
    await open(page, address)
    const made = async (/** @type {number} */ seconds) => {
      await onDisk(tacotronMel(Math.round(seconds * hopsPerSecond), 'lj-printing.npy'), (path) =>
        openFile(page, path),
      )
      const megabytesBefore = rendererMegabytes(browserPid)
      const { wallSeconds, realTimeFactors } = await synthesize(page, 14_400_000)
      return { megabytesBefore, secondsPerSecond: rounded(wallSeconds / seconds), realTimeFactors }
    }
    const short = await made(shortSeconds)
    const begunAt = performance.now()
    /** @type {{ seconds: number, megabytes: number, ownMegabytes: number, peakMegabytes: number }[]} */
    const memory = []
    const timer = setInterval(() => {
      const tab = memoryByProcess(browserPid)?.renderer
      const seconds = Math.round((performance.now() - begunAt) / 1000)
      if (!tab) return
      const { nowMegabytes: megabytes, ...others } = tab
      memory.push({ seconds, megabytes, ...others })
    }, 250)
    const long = await made(60 * minutes)
    // The figures of a take come after it.
    for (const name of takeNames)
      await page
        .getByRole('region', { name: 'Takes' })
        .getByRole('group', { name, exact: true })
        .getByText('Mel error')
        .waitFor({ timeout: 600_000 })
    clearInterval(timer)
    return {
      minutes,
      short,
      long,
      costRatio: rounded(long.secondsPerSecond / short.secondsPerSecond),
      megabytesAtMost: Math.max(...memory.map(({ peakMegabytes }) => peakMegabytes)),
      ownMegabytesAtMost: Math.max(...memory.map(({ ownMegabytes }) => ownMegabytes)),
      byProcess: memoryByProcess(browserPid),
      megabytesOverTime: Array.from(
        { length: 11 },
        (_, tenth) => memory[Math.round((tenth / 10) * (memory.length - 1))],
      ),
    }
  })
}
