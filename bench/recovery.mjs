// Measures the cost of a failure in the middle of a synthesis: a killed worker, a destroyed graphics device, a crashed GPU
// process. Each is compared with the same job undisturbed on the same page.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tacotronMel } from '../e2e/testing/files.mjs'
import { median, rounded } from './numbers.mjs'
import { downloadTake, freshBrowser, open, openFile, synthesize } from './visit.mjs'

/** @typedef {import('playwright').Page} Page */

/** Two seconds of speech: several windows on every backend, of which the failure loses some. */
const frames = 172
const comparedTakes = ['InferGrad', 'WaveGrad']

/** Destroys the graphics device of the vocoder's worker when that next uses it. */
const destroyDevice = `if (self.name === 'vocoder') {
  const { createCommandEncoder } = GPUDevice.prototype
  GPUDevice.prototype.createCommandEncoder = function (descriptor) {
    GPUDevice.prototype.createCommandEncoder = createCommandEncoder
    this.destroy()
    return createCommandEncoder.call(this, descriptor)
  }
}`

/** Evaluates in every worker by the DevTools protocol, because the page's policy allows no eval in them. */
async function evaluateInWorkers(/** @type {Page} */ page, /** @type {string} */ expression) {
  const devTools = await page.context().newCDPSession(page)
  const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } })
  devTools.on('Target.attachedToTarget', ({ sessionId }) => {
    devTools.send('Target.sendMessageToTarget', { sessionId, message }).catch(() => {})
  })
  await devTools.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
}

/** @type {Record<string, { backend: string, fail: (page: Page) => Promise<unknown> }>} */
const failures = {
  workerKilled: {
    backend: 'wasm',
    fail: (page) => page.evaluate(() => Reflect.get(window, 'killVocoder')()),
  },
  deviceDestroyed: {
    backend: 'webgpu',
    fail: (page) => evaluateInWorkers(page, destroyDevice),
  },
  gpuProcessCrashed: {
    backend: 'webgpu',
    fail: async (page) => {
      const browser = page.context().browser()
      const devTools = await browser?.newBrowserCDPSession()
      await devTools?.send('Browser.crashGpuProcess')
    },
  },
}

/** Call it before the page is opened. */
function makeVocoderKillable(/** @type {Page} */ page) {
  return page.addInitScript(() => {
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
}

/** The samples of the compared takes, as downloaded in 16 bits. */
async function samplesOfTakes(/** @type {Page} */ page) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const all = []
    for (const name of comparedTakes) {
      const path = join(folder, `${name}.wav`)
      await downloadTake(page, name, path)
      const bytes = readFileSync(path)
      const data = bytes.subarray(bytes.indexOf('data') + 8)
      all.push(Int16Array.from({ length: data.length >> 1 }, (_, index) => data.readInt16LE(2 * index)))
    }
    return all
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * The largest difference relative to full scale; 1 if the lengths differ.
 * @param {Int16Array[]} one
 * @param {Int16Array[]} other
 */
function maxDifference(one, other) {
  const differences = one.map((samples, take) =>
    samples.length === other[take].length
      ? samples.reduce((most, sample, i) => Math.max(most, Math.abs(sample - other[take][i]) / 32768), 0)
      : 1,
  )
  return Math.max(...differences)
}

/** Presses Synthesize, and makes the failure happen as soon as a part of the first take is done. */
async function synthesizeThroughFailure(
  /** @type {Page} */ page,
  /** @type {(page: Page) => Promise<unknown>} */ fail,
) {
  const button = page.getByRole('button', { name: 'Synthesize' })
  const begun = performance.now()
  await button.click()
  const progress = page.getByRole('progressbar', { name: 'Synthesis progress' })
  await progress.waitFor()
  await page.waitForFunction(
    () =>
      Number(document.querySelector('[aria-label="Synthesis progress"]')?.getAttribute('aria-valuenow')) > 10,
    undefined,
    { polling: 10 },
  )
  const failed = performance.now()
  await fail(page)
  await page.getByText('The vocoder was started again').waitFor({ timeout: 120_000 })
  const restarted = performance.now()
  await button.and(page.locator('[aria-disabled="false"]')).waitFor({ timeout: 600_000 })
  const done = performance.now()
  return {
    wallSeconds: (done - begun) / 1000,
    untilRestarted: (restarted - failed) / 1000,
    untilTakes: (done - failed) / 1000,
  }
}

/**
 * Measures for each failure the seconds until the vocoder runs again and until all takes are there, the ratio of the whole job to
 * the undisturbed one, and the largest difference between the samples of both; medians of `repeats` pages.
 * @param {string} address
 * @param {number} repeats
 * @param {readonly string[]} only names of the failures, by default all
 */
export async function measureRecovery(address, repeats, only = Object.keys(failures)) {
  /** @type {Record<string, unknown>} */
  const measured = {}
  for (const name of only) {
    const { backend, fail } = failures[name]
    /** @type {{ untilRestarted: number, untilTakes: number, undisturbed: number, ratio: number, difference: number }[]} */
    const runs = []
    for (let i = 0; i < repeats; i++)
      runs.push(
        await freshBrowser(async (page) => {
          await makeVocoderKillable(page)
          await open(page, `${address}?backend=${backend}`)
          await openFile(page, tacotronMel(frames, 'lj-printing.npy'))
          // The first run compiles shaders and starts threads.
          await synthesize(page)
          const undisturbed = await synthesize(page)
          const wanted = await samplesOfTakes(page)
          const disturbed = await synthesizeThroughFailure(page, fail)
          return {
            ...disturbed,
            undisturbed: undisturbed.wallSeconds,
            ratio: disturbed.wallSeconds / undisturbed.wallSeconds,
            difference: maxDifference(wanted, await samplesOfTakes(page)),
          }
        }),
      )
    const of = (/** @type {(run: (typeof runs)[number]) => number} */ value) =>
      rounded(median(runs.map(value)))
    measured[name] = {
      backend,
      untilRestartedSeconds: of((run) => run.untilRestarted),
      untilTakesSeconds: of((run) => run.untilTakes),
      undisturbedSeconds: of((run) => run.undisturbed),
      ratioToUndisturbed: of((run) => run.ratio),
      maxSampleDifference: Math.max(...runs.map(({ difference }) => difference)),
    }
    console.log(name, measured[name])
  }
  return measured
}
