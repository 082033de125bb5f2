// Measures from its frames how long the page takes to paint a minute of speech, and how smoothly it zooms.
import { wav } from '../e2e/testing/files.mjs'
import { freshBrowser, open, openFile } from './visit.mjs'

/** @typedef {import('playwright').Page} Page */

const zoomMilliseconds = 3000

/** Starts recording the time of every frame. */
const watchFrames = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    /** @type {number[]} */
    const times = []
    Object.assign(globalThis, { frameTimes: times })
    requestAnimationFrame(function tick(now) {
      times.push(now)
      if (Reflect.get(globalThis, 'frameTimes') === times) requestAnimationFrame(tick)
    })
  })

/** @returns {Promise<number[]>} milliseconds between the frames since the last call */
const frameGaps = (/** @type {Page} */ page) =>
  page.evaluate(() => {
    /** @type {number[]} */
    const times = Reflect.get(globalThis, 'frameTimes')
    Reflect.set(globalThis, 'frameTimes', [])
    return times.slice(1).map((time, index) => time - times[index])
  })

/**
 * Measures, for a recording of a minute, the longest pause when its spectrogram is repainted on another axis, and the
 * frame rate during continuous zooming.
 * @param {string} address
 */
export function measurePictures(address) {
  return freshBrowser(async (page) => {
    await open(page, address)
    await openFile(page, wav(60))
    const takes = page.getByRole('region', { name: 'Takes' })
    const picture = takes.getByRole('application', { name: 'Spectrogram of Recording' })
    await takes.getByText('LUFS').first().waitFor({ timeout: 60_000 })
    await takes.getByRole('button', { name: 'Display' }).click()
    await picture.scrollIntoViewIfNeeded()
    await page.waitForTimeout(3000)

    /** @type {number[]} */
    const paints = []
    for (const axis of ['mel', 'log', 'linear', 'mel', 'linear']) {
      await watchFrames(page)
      await page.getByLabel('Frequency axis').selectOption(axis)
      await page.waitForTimeout(800)
      paints.push(Math.max(...(await frameGaps(page))))
    }

    await watchFrames(page)
    await picture.evaluate(async (element, milliseconds) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const begun = performance.now()
      for (let turn = 0; performance.now() - begun < milliseconds; turn++) {
        const deltaY = turn % 60 < 30 ? -40 : 40
        const place = { clientX: left + width / 3, clientY: top + height / 2 }
        element.dispatchEvent(
          new WheelEvent('wheel', { deltaY, ctrlKey: true, bubbles: true, cancelable: true, ...place }),
        )
        await new Promise((resolve) => requestAnimationFrame(resolve))
      }
    }, zoomMilliseconds)
    const gaps = await frameGaps(page)
    const sorted = gaps.toSorted((a, b) => a - b)
    return {
      paintedWithinMilliseconds: Math.round(Math.max(...paints)),
      zoomFramesPerSecond: Math.round((1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0)),
      zoomSlowestOf100Milliseconds: Math.round(sorted[Math.floor(sorted.length * 0.99)]),
    }
  })
}
