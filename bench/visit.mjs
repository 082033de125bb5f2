// Visits to the built page in a separate browser, by accessible names.
import { basename } from 'node:path'
import { chromium } from 'playwright'
import { chromiumFlags, findChromium } from '../scripts/chromium.mjs'

export const takeNames = ['WaveGrad', 'InferGrad', 'Griffin-Lim']

/**
 * Runs `visit` in a fresh browser, without caches. The browser's processes are below the process of the given number.
 * @template Result
 * @param {(page: import('playwright').Page, browserPid: number) => Promise<Result>} visit
 */
export async function freshBrowser(visit) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags })
  try {
    return await visit(await browser.newPage({ serviceWorkers: 'block' }), process.pid)
  } finally {
    await browser.close()
  }
}

/** Opens the view “Listen” at this address; resolves as soon as Synthesize is enabled. */
export async function open(/** @type {import('playwright').Page} */ page, /** @type {string} */ address) {
  await page.goto(`${address}#/listen`)
  await page
    .getByRole('button', { name: 'Synthesize' })
    .and(page.locator('[aria-disabled="false"]'))
    .waitFor({ timeout: 120_000 })
}

/** Opens a view by its link in the navigation. */
export const openView = (/** @type {import('playwright').Page} */ page, /** @type {string} */ name) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name, exact: true }).click()

/**
 * Opens a file, or the file at a path, and waits until the page shows it.
 * @param {import('playwright').Page} page
 * @param {{ name: string, mimeType: string, buffer: Buffer } | string} file
 */
export async function openFile(page, file) {
  const name = typeof file === 'string' ? basename(file) : file.name
  await page.getByLabel('Open a mel or audio file').setInputFiles(file)
  await page.getByRole('heading', { name }).waitFor()
}

/**
 * Presses Synthesize and waits for every take.
 * @typedef {object} Synthesized
 * @property {number} wallSeconds until all takes were made
 * @property {number | undefined} firstSoundSeconds until “Listen now” appeared, which a short waveform does not offer
 * @property {Record<string, number>} realTimeFactors as shown on the cards
 * @param {import('playwright').Page} page
 * @param {number} [timeoutMs]
 * @returns {Promise<Synthesized>}
 */
export async function synthesize(page, timeoutMs = 600_000) {
  const button = page.getByRole('button', { name: 'Synthesize' })
  const begun = performance.now()
  await button.click()
  /** @type {number | undefined} */
  let firstSoundSeconds
  const heard = page.getByRole('button', { name: 'Listen now' }).waitFor({ timeout: timeoutMs })
  const told = () => {
    firstSoundSeconds = (performance.now() - begun) / 1000
  }
  heard.then(told, () => {})
  await page.getByRole('progressbar', { name: 'Synthesis progress' }).waitFor()
  await button.and(page.locator('[aria-disabled="false"]')).waitFor({ timeout: timeoutMs })
  const wallSeconds = (performance.now() - begun) / 1000
  /** @type {Record<string, number>} */
  const realTimeFactors = {}
  for (const name of takeNames) {
    const card = page.getByRole('region', { name: 'Takes' }).getByRole('group', { name, exact: true })
    realTimeFactors[name] = Number((await card.textContent())?.match(/RTF ([\d.]+)/)?.[1])
  }
  return { wallSeconds, firstSoundSeconds, realTimeFactors }
}

/**
 * Saves the file from a take's "Download WAV".
 * @param {import('playwright').Page} page
 * @param {string} name of the take
 * @param {string} path
 */
export async function downloadTake(page, name, path) {
  const card = page.getByRole('region', { name: 'Takes' }).getByRole('group', { name, exact: true })
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: 'Download WAV' }).click(),
  ])
  await file.saveAs(path)
}
