// What a job asks of a GPU: its programs, counted in the page on WebGPU in software, and the time that they would take on
// the graphics of a laptop. Nothing is timed.
import { cpSync } from 'node:fs'
import { build, preview } from 'vite'
import { rounded } from './numbers.mjs'
import { freshBrowser } from './visit.mjs'

const model = 'public/models/infergrad-frames'
const configFile = 'bench/gpu-work/vite.config.ts'
/** Five seconds of speech. */
const job = { frames: 431, steps: 2 }
/** An integrated GPU. */
const laptop = { flopsPerSecond: 2e12, bytesPerSecond: 60e9 }
/** What one dispatch costs besides its work: on the GPU alone, and with tfjs's and the browser's work for it. */
const secondsPerDispatch = { gpuAlone: 5e-6, withBrowser: 50e-6 }

/** @typedef {{ name: string, bytes: number, flops: number }} ProgramRun */

/** Counts dispatches, bytes and operations of InferGrad's job, and estimates its real-time factors. */
export async function measureGpuWork() {
  await build({ configFile, logLevel: 'error' })
  cpSync(model, 'bench/results/gpu-work/page/model', { recursive: true })
  const server = await preview({ configFile, logLevel: 'silent' })
  const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4191/'
  const { programs, traffic, audioSeconds } = await freshBrowser(async (page) => {
    await page.goto(address)
    const given = { ...job, model: new URL('model', address).href }
    return page.evaluate((asked) => Reflect.get(globalThis, 'gpuWork')(asked), given)
  })
  await server.close()
  return { ...traffic, ...summary(programs, audioSeconds), programs: byName(programs) }
}

/**
 * @param {ProgramRun[]} programs
 * @param {number} audioSeconds
 */
function summary(programs, audioSeconds) {
  const sum = (/** @type {(run: ProgramRun) => number} */ value) =>
    programs.reduce((total, run) => total + value(run), 0)
  const seconds = sum(({ bytes, flops }) =>
    Math.max(flops / laptop.flopsPerSecond, bytes / laptop.bytesPerSecond),
  )
  const realTimeFactor = (/** @type {number} */ perDispatch) =>
    Math.round(1e5 * ((seconds + programs.length * perDispatch) / audioSeconds)) / 1e5
  return {
    megabytes: rounded(sum(({ bytes }) => bytes) / 1e6),
    gigaflops: rounded(sum(({ flops }) => flops) / 1e9),
    milliseconds: rounded(1000 * seconds),
    realTimeFactors: {
      gpuAlone: realTimeFactor(secondsPerDispatch.gpuAlone),
      withBrowser: realTimeFactor(secondsPerDispatch.withBrowser),
    },
  }
}

/** Runs, megabytes and gigaflops of each program, most bytes first. */
function byName(/** @type {ProgramRun[]} */ programs) {
  const names = [...new Set(programs.map(({ name }) => name))]
  return names
    .map((name) => {
      const runs = programs.filter((run) => run.name === name)
      const sum = (/** @type {'bytes' | 'flops'} */ key) => runs.reduce((total, run) => total + run[key], 0)
      return {
        name,
        runs: runs.length,
        megabytes: rounded(sum('bytes') / 1e6),
        gigaflops: rounded(sum('flops') / 1e9),
      }
    })
    .sort((a, b) => b.megabytes - a.megabytes)
}
