// Training speed of the page compared with PyTorch on the same machine in the same run, the effect of 200 steps on a
// minute of a voice that no model was trained on, and the tab's memory meanwhile.
import { spawnSync } from 'node:child_process'
import { peakRendererMegabytes, rendererMegabytes } from './memory.mjs'
import { rounded } from './numbers.mjs'
import { freshBrowser, open, openView } from './visit.mjs'

/** @typedef {import('playwright').Page} Page */

const region = (/** @type {Page} */ page) => page.getByRole('region', { name: 'Fine-tune', exact: true })
const button = (/** @type {Page} */ page, /** @type {string} */ name) =>
  region(page).getByRole('button', { name, exact: true })

/** The timed steps; earlier ones compile shaders and start threads. */
const timed = { from: 5, to: 25 }

/**
 * Starts a session on the example voice; `settings` are keyed by field label.
 * @param {Page} page
 * @param {string} preset
 * @param {Record<string, number>} settings
 */
async function start(page, preset, settings) {
  await openView(page, 'Fine-tune')
  await button(page, 'Use the example voice').click()
  await region(page).getByRole('radio', { name: preset }).check()
  await button(page, 'All settings').click()
  for (const [label, value] of Object.entries(settings))
    await region(page).getByLabel(label).fill(String(value))
  await button(page, 'Start fine-tuning').click()
}

/** Resolves when `step` steps are complete. */
async function reach(/** @type {Page} */ page, /** @type {number} */ step) {
  await page.waitForFunction(
    (wanted) => {
      const bar = document.querySelector('[aria-label="Fine-tuning progress"]')
      return Number(bar?.getAttribute('aria-valuenow')) >= wanted
    },
    step,
    { timeout: 600_000, polling: 20 },
  )
}

/**
 * Steps per second of the page and of PyTorch, one after the other so that each has the machine to itself.
 * @param {string} address
 * @param {string} python
 * @param {'infergrad' | 'wavegrad'} objective
 */
export async function measureTrainingSpeed(address, python, objective) {
  const preset = { infergrad: 'Adapt to a voice', wavegrad: 'Adapt WaveGrad' }[objective]
  const page = await freshBrowser(async (visit) => {
    await open(visit, address)
    await start(visit, preset, {
      'Training steps': 100,
      'Measured every, steps': 100,
      'Snapshot every, steps': 100,
    })
    await reach(visit, timed.from)
    const begun = performance.now()
    await reach(visit, timed.to)
    return ((timed.to - timed.from) * 1000) / (performance.now() - begun)
  })
  const model = `public/models/${objective}-frames`
  const { stdout, stderr } = spawnSync(python, ['pretrain/time_step.py', model, '--objective', objective], {
    encoding: 'utf8',
  })
  if (!stdout) throw new Error(`pretrain/time_step.py printed nothing: ${stderr}`)
  const { stepsPerSecond: twin } = JSON.parse(stdout)
  return { stepsPerSecond: rounded(page), twinStepsPerSecond: twin, ratio: rounded(page / twin) }
}

/** Starts recording the duration of every frame. */
async function watchFrames(/** @type {Page} */ page) {
  await page.evaluate(() => {
    /** @type {number[]} */
    const frames = []
    Reflect.set(window, 'frameMilliseconds', frames)
    let before = performance.now()
    const note = () => {
      const now = performance.now()
      frames.push(now - before)
      before = now
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
}

/** The frame durations since `watchFrames`: 99th percentile and maximum. */
async function frameMilliseconds(/** @type {Page} */ page) {
  /** @type {number[]} */
  const frames = await page.evaluate(() => Reflect.get(window, 'frameMilliseconds'))
  const sorted = frames.toSorted((a, b) => a - b)
  return {
    p99: Math.round(sorted[Math.floor(0.99 * sorted.length)]),
    longest: Math.round(sorted[sorted.length - 1]),
  }
}

/** Runs the preset "Adapt to a voice", unchanged, on the example voice. */
export function measureTuning(/** @type {string} */ address) {
  return freshBrowser(async (page, browserPid) => {
    await open(page, address)
    await start(page, 'Adapt to a voice', {})
    const begun = performance.now()
    await reach(page, 60)
    const atStep60 = rendererMegabytes(browserPid)
    await watchFrames(page)
    await reach(page, 160)
    const frames = await frameMilliseconds(page)
    const atStep160 = rendererMegabytes(browserPid)
    await region(page)
      .getByText(/^Finished after/)
      .waitFor({ timeout: 1_200_000 })
    const rows = await region(page).getByRole('row').allTextContents()
    return {
      heldOut: rows.slice(1),
      wholeSessionSeconds: rounded((performance.now() - begun) / 1000),
      frameMilliseconds: frames,
      tabMegabytes: { atStep60, atStep160 },
      peakTabMegabytes: peakRendererMegabytes(browserPid),
    }
  })
}
