// npm run screenshots: photographs the built page for the README (docs/*.png).
import { photograph, untilPainted } from './photograph.mjs'

const longTimeout = { timeout: 300_000 }

/** @typedef {import('playwright').Page} Page */

/** The first view, with all models loaded. */
async function start(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(`${address}#/start`)
  await page.getByRole('button', { name: 'Make it yourself' }).and(enabled(page)).waitFor(longTimeout)
  await untilPainted(page)
  await page
    .getByRole('status')
    .filter({ hasText: 'Loading' })
    .waitFor({ state: 'detached', ...longTimeout })
  await page.screenshot({ path: 'docs/start.png' })
}

const enabled = (/** @type {Page} */ page) => page.locator('[aria-disabled="false"]')

/** The takes of the shortest example. */
async function takes(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(`${address}?example=lj-modern&steps=2&seed=1#/listen`)
  const synthesize = page.getByRole('button', { name: 'Synthesize' }).and(enabled(page))
  await synthesize.click(longTimeout)
  await page.getByRole('group', { name: 'Griffin-Lim', exact: true }).waitFor(longTimeout)
  await synthesize.waitFor(longTimeout)
  const loudness = page.getByRole('region', { name: 'Takes' }).getByText('LUFS')
  while ((await loudness.count()) < 3) await loudness.nth(2).waitFor(longTimeout)
  await page.getByText('Read from the mel').waitFor(longTimeout)
  await untilPainted(page)
  // A focused element would show its outline.
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  await page.screenshot({ path: 'docs/screenshot.png' })
}

/** A page of a MUSHRA test, partly rated. */
async function blindTest(/** @type {Page} */ page, /** @type {string} */ address) {
  await page.goto(`${address}#/test`)
  await page.getByRole('radio', { name: 'MUSHRA' }).check()
  await page.getByRole('button', { name: 'Start MUSHRA test' }).click(longTimeout)
  const sliders = page.getByRole('dialog').getByRole('slider')
  await sliders.first().waitFor(longTimeout)
  const ratings = [82, 35, 96, 64]
  const listen = page.getByRole('dialog').getByRole('button', { name: /^Play (reference|condition)/ })
  await listen.first().click()
  for (const [index, rating] of ratings.entries()) {
    await listen.nth(index + 1).click()
    await sliders.nth(index).fill(String(rating))
  }
  await page.waitForTimeout(300)
  await page.screenshot({ path: 'docs/listening-test.png' })
}

await photograph({ viewport: { width: 1440, height: 900 } }, async (page, address) => {
  await start(page, address)
  await takes(page, address)
  await blindTest(page, address)
})
