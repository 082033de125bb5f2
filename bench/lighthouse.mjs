// Lighthouse's scores of the built page on its emulated phone, as medians of several visits. Lighthouse is larger than all
// other tools here, so it is no dependency: install it in a folder of its own (npm install lighthouse) and name its program.
import { execFileSync } from 'node:child_process'
import { findChromium } from '../scripts/chromium.mjs'
import { median, rounded } from './numbers.mjs'

const visits = 5
const flags = '--headless=new --no-sandbox --disable-quic --no-first-run'
const categories = ['performance', 'accessibility', 'best-practices']
const timings = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
]

/** Returns the scores from 0 to 100, the times in milliseconds and the layout shift. */
export function measureLighthouse(/** @type {string} */ address, /** @type {string} */ program) {
  /** @type {Record<string, number[]>} */
  const found = {}
  for (let visit = 0; visit < visits; visit++) {
    const args = [
      address,
      '--quiet',
      '--output=json',
      `--only-categories=${categories}`,
      `--chrome-flags=${flags}`,
    ]
    const env = { ...process.env, CHROME_PATH: findChromium() }
    const report = JSON.parse(execFileSync(program, args, { env, encoding: 'utf8', maxBuffer: 1e9 }))
    const note = (/** @type {string} */ name, /** @type {number} */ value) => {
      found[name] = [...(found[name] ?? []), value]
    }
    for (const name of categories) note(name, Math.round(100 * report.categories[name].score))
    for (const name of timings) note(name, report.audits[name].numericValue)
  }
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, rounded(median(values))]))
}
