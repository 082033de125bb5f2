// One evaluation of the shipped network on our engine, on onnxruntime-web in the same page, and natively on PyTorch and
// onnxruntime, in turns. Outputs that do not agree end the measurement, because a ratio of unlike work means nothing.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync } from 'node:fs'
import { build, preview } from 'vite'
import { median, rounded } from './numbers.mjs'
import { freshBrowser } from './visit.mjs'

const model = 'public/models/infergrad-frames'
const configFile = 'bench/peers/vite.config.ts'
const folder = 'bench/results/peers'
/** Five seconds of speech. */
const frames = 431
/** Outputs may differ by this, relative to the maximum of PyTorch's. */
const tolerance = 1e-3
const rounds = 5
/** Duration of a turn: browsers count processor time in hundredths of a second. */
const turnSeconds = 1

/** @typedef {import('playwright').Page} Page */
/** @typedef {{ backend: 'wasm' | 'webgpu', threads: number }} Setting */
/**
 * Seconds of one evaluation.
 * @typedef {{ processorSeconds: number, clockSeconds: number }} Turn
 */

/**
 * Compares our engine with each peer: milliseconds of one evaluation per second of audio, and medians over the rounds
 * of our time divided by the peer's. Peers that this machine cannot run are named with the reason.
 * @param {string} python an interpreter with the packages of pretrain/requirements.txt
 */
export async function measurePeers(python) {
  const reason = exportGraph(python)
  if (reason) return { rows: [], skipped: [`all peers: ${reason}`] }
  await buildPage()
  const server = await preview({ configFile, logLevel: 'silent' })
  const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4190/'
  const rows = []
  for (const threads of [1, 2]) {
    const native = () => nativeTurns(python, threads)
    rows.push(...(await measureInPage(address, { backend: 'wasm', threads }, native)))
  }
  const skipped = []
  if (await hasGpu(address)) rows.push(...(await measureInPage(address, { backend: 'webgpu', threads: 1 })))
  else skipped.push('onnxruntime-web on WebGPU: this browser has no adapter except one in software')
  await server.close()
  return { rows, skipped }
}

/** Exports the graph unless it is there already; returns the reason if it cannot. */
function exportGraph(/** @type {string} */ python) {
  if (!existsSync(python)) return `there is no ${python}; pretrain/setup.sh makes it`
  if (existsSync(`${folder}/graph/evaluation.safetensors`)) return undefined
  const script = ['pretrain/export_onnx.py', model, `${folder}/graph`, '--frames', String(frames)]
  const { status, stderr } = spawnSync(python, script, { encoding: 'utf8' })
  return status === 0 ? undefined : `pretrain/export_onnx.py failed: ${stderr}`
}

/** Builds the page of bench/peers/ and puts the graph and the model beside it. */
async function buildPage() {
  await build({ configFile, logLevel: 'error' })
  cpSync(`${folder}/graph`, `${folder}/page/files`, { recursive: true })
  cpSync(model, `${folder}/page/files/model`, { recursive: true })
}

const hasGpu = (/** @type {string} */ address) =>
  freshBrowser(async (page) => {
    await page.goto(address)
    return page.evaluate(
      async () => (await navigator.gpu?.requestAdapter())?.info.isFallbackAdapter === false,
    )
  })

/**
 * @param {string} address
 * @param {Setting} setting
 * @param {() => Record<string, Turn>} [native] a turn of each native peer
 */
function measureInPage(address, setting, native = () => ({})) {
  return freshBrowser(async (page) => {
    await page.goto(address)
    const files = new URL('files', address).href
    const { backend, audioSeconds, differences } = await call(page, 'start', { ...setting, files })
    for (const [name, difference] of Object.entries(differences)) requireAgreement(name, difference)
    /** @type {Record<string, Turn>[]} */
    const measured = []
    for (let round = 0; round < rounds; round++)
      measured.push({
        ours: await pageTurn(page, 'ours'),
        'onnxruntime-web': await pageTurn(page, 'onnxruntime-web'),
        ...native(),
      })
    const name = setting.backend === 'wasm' ? `WebAssembly, threads: ${setting.threads}` : backend
    return Object.keys(measured[0])
      .filter((peer) => peer !== 'ours')
      .map((peer) => comparison(name, peer, measured, audioSeconds))
  })
}

/**
 * @param {string} setting
 * @param {string} peer
 * @param {Record<string, Turn>[]} measured per round
 * @param {number} audioSeconds
 */
function comparison(setting, peer, measured, audioSeconds) {
  const of = (/** @type {(round: Record<string, Turn>) => number} */ value) =>
    rounded(median(measured.map(value)))
  const milliseconds = (/** @type {number} */ seconds) => (1000 * seconds) / audioSeconds
  return {
    setting,
    peer,
    oursProcessorMs: of(({ ours }) => milliseconds(ours.processorSeconds)),
    peerProcessorMs: of((round) => milliseconds(round[peer].processorSeconds)),
    processorRatio: of((round) => round.ours.processorSeconds / round[peer].processorSeconds),
    oursClockMs: of(({ ours }) => milliseconds(ours.clockSeconds)),
    peerClockMs: of((round) => milliseconds(round[peer].clockSeconds)),
    clockRatio: of((round) => round.ours.clockSeconds / round[peer].clockSeconds),
  }
}

function requireAgreement(/** @type {string} */ name, /** @type {number} */ difference) {
  if (difference < tolerance) return
  throw new Error(
    `The outputs do not agree (${name}): a difference of ${difference}, relative to the maximum`,
  )
}

/**
 * @param {Page} page
 * @param {'start' | 'evaluate'} name
 * @param {object} argument
 */
const call = (page, name, argument) =>
  page.evaluate(([called, given]) => Reflect.get(globalThis, 'peers')(called, given), [name, argument])

/**
 * Evaluates until a turn is over, in one call.
 * @param {Page} page
 * @param {'ours' | 'onnxruntime-web'} system
 * @returns {Promise<Turn>}
 */
async function pageTurn(page, system) {
  const times = Math.ceil(turnSeconds / (await call(page, 'evaluate', { system, times: 1 })))
  const before = await processorSeconds(page)
  const clockSeconds = await call(page, 'evaluate', { system, times })
  const after = await processorSeconds(page)
  return { processorSeconds: (after - before) / times, clockSeconds: clockSeconds / times }
}

/** Processor time of the browser's renderers and of its GPU process, all threads included. */
async function processorSeconds(/** @type {Page} */ page) {
  const devTools = await page.context().browser()?.newBrowserCDPSession()
  if (!devTools) throw new Error('This browser has no DevTools')
  const { processInfo } = await devTools.send('SystemInfo.getProcessInfo')
  await devTools.detach()
  const counted = processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU')
  return counted.reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}

/**
 * @param {string} python
 * @param {number} threads
 * @returns {Record<string, Turn>}
 */
function nativeTurns(python, threads) {
  const script = ['pretrain/time_evaluation.py', model, `${folder}/graph`, '--threads', String(threads)]
  // Threads of OpenMP that spin while they wait would count as processor time.
  const env = { ...process.env, OMP_WAIT_POLICY: 'passive' }
  const { stdout, stderr } = spawnSync(python, script, { encoding: 'utf8', env })
  if (!stdout) throw new Error(`pretrain/time_evaluation.py printed nothing: ${stderr}`)
  const { pytorch, onnxruntime } = JSON.parse(stdout)
  requireAgreement('native onnxruntime from PyTorch', onnxruntime.difference)
  return { 'native PyTorch': pytorch, 'native onnxruntime': onnxruntime }
}
