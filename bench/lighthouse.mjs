// Lighthouse's scores of the built page on its emulated phone, as medians of several visits. Lighthouse is larger than all
// other tools here, so it is no dependency: install it in a folder of its own (npm install lighthouse) and name its program.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
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

/** This process serves the page meanwhile, so nothing may block it. */
const execute = promisify(execFile)

/** Resolves to the scores from 0 to 100, the times in milliseconds and the layout shift. */
export async function measureLighthouse(/** @type {string} */ address, /** @type {string} */ program) {
  /** @type {Record<string, number[]>} */
  const found = {}
  for (let visit = 0, recorded = 0; recorded < visits; visit++) {
    if (visit > 2 * visits) throw new Error('Lighthouse could not record most of the visits.')
    const args = [
      address,
      '--quiet',
      '--output=json',
      `--only-categories=${categories}`,
      `--chrome-flags=${flags}`,
    ]
    const env = { ...process.env, CHROME_PATH: findChromium() }
    /** @type {string} */
    let output
    try {
      output = (await execute(program, args, { env, maxBuffer: 1e9 })).stdout
    } catch (error) {
      // Now and then Lighthouse fails to record a visit (NO_NAVSTART).
      if (!Reflect.get(Object(error), 'stderr')?.includes('Runtime error')) throw error
      continue
    }
    recorded++
    const report = JSON.parse(output)
    const note = (/** @type {string} */ name, /** @type {number} */ value) => {
      found[name] = [...(found[name] ?? []), value]
    }
    for (const name of categories) note(name, Math.round(100 * report.categories[name].score))
    for (const name of timings) note(name, report.audits[name].numericValue)
  }
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, rounded(median(values))]))
}
