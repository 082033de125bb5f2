// Measures how soon a first-time visitor hears a sound who presses a sample as soon as it can be pressed.
import { chromium } from 'playwright'
import { chromiumFlags, findChromium } from '../scripts/chromium.mjs'
import { median, rounded } from './numbers.mjs'
import { openSlowNetwork } from './slow-network.mjs'

const repeats = 5
const slowLine = { megabits: 10, roundTripMilliseconds: 40 }

/** Runs in the page before its own scripts: presses the sample of InferGrad, and notes when its sound begins. */
function pressFirstSample() {
  const start = AudioBufferSourceNode.prototype.start
  AudioBufferSourceNode.prototype.start = function (whenSeconds = 0, offset = 0) {
    const { currentTime, baseLatency = 0 } = /** @type {AudioContext} */ (this.context)
    const waitSeconds = Math.max(0, whenSeconds - currentTime) + baseLatency
    if (!('soundAt' in globalThis))
      Object.assign(globalThis, { soundAt: performance.now() + 1000 * waitSeconds })
    return start.call(this, whenSeconds, offset)
  }
  new MutationObserver((_, observer) => {
    const sample = document.querySelector('button[aria-label^="Play InferGrad"]')
    if (!(sample instanceof HTMLElement)) return
    observer.disconnect()
    sample.click()
  }).observe(document, { childList: true, subtree: true })
}

/** @returns {Promise<{ paint: number, sound: number }>} milliseconds since the navigation of a cold browser */
async function visit(/** @type {string} */ address) {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags })
  try {
    // The service worker takes part: its downloads compete with those of the first visit.
    const page = await browser.newPage()
    await page.addInitScript(pressFirstSample)
    await page.goto(address, { waitUntil: 'commit' })
    await page.waitForFunction(() => 'soundAt' in globalThis, undefined, { timeout: 120_000 })
    return await page.evaluate(() => ({
      paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
      sound: Number(Reflect.get(globalThis, 'soundAt')),
    }))
  } finally {
    await browser.close()
  }
}

async function measure(/** @type {string} */ address) {
  const visits = []
  for (let turn = 0; turn < repeats; turn++) visits.push(await visit(address))
  return {
    firstPaintSeconds: rounded(median(visits.map(({ paint }) => paint)) / 1000),
    soundAfterPaintSeconds: rounded(median(visits.map(({ paint, sound }) => sound - paint)) / 1000),
  }
}

/**
 * Medians in a cold browser, directly and through a line of 10 Mbit/s.
 * @param {string} address
 */
export async function measureFirstSound(address) {
  const network = await openSlowNetwork(address, slowLine)
  try {
    return { localhost: await measure(address), tenMegabits: await measure(network.address) }
  } finally {
    network.close()
  }
}
