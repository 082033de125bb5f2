// npm run bench: builds and serves the page, drives it in Chromium and prints the measurements as JSON.
//
//   npm run bench                                     sizes, first sound, cold start, speed, memory, pictures
//   npm run bench -- --batch                          also the memory that 50 files take
//   npm run bench -- --long                           also the memory of an hour's WAV, and memory and time of a long mel (--minutes 20)
//   npm run bench -- --recovery                       also what a killed worker, a lost device and a GPU crash cost (--repeats 3)
//   npm run bench -- --training                       also fine-tuning, compared with PyTorch (pretrain/setup.sh)
//   npm run bench -- --speech DIR --scorer score.py   also the figures of the six LJ test clips (--steps 2, --seed 1)
//   npm run bench -- --peers                          also one evaluation on onnxruntime-web, onnxruntime and PyTorch
//   npm run bench -- --lighthouse PROGRAM             also Lighthouse's scores, with the program of that npm package
//   npm run bench -- --gpu                            also what a job asks of a GPU: dispatches, bytes and operations, counted
//   npm run bench -- --only training                  only that; or "sound", "quality", "pictures", "batch", "long", "recovery", "peers", "gpu",
//                                                     "lighthouse"
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { installChromium, installPackages, run } from '../scripts/setup.mjs'

installPackages()
installChromium()
if (!run('npx', ['vite', 'build', '--logLevel', 'warn'])) process.exit(1)

const { values: options } = parseArgs({
  options: {
    speech: { type: 'string' },
    scorer: { type: 'string' },
    python: { type: 'string', default: 'pretrain/.venv/bin/python' },
    steps: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    training: { type: 'boolean', default: false },
    batch: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    /** Minutes of the long mel. */
    minutes: { type: 'string', default: '20' },
    recovery: { type: 'boolean', default: false },
    /** Pages on which each failure is measured. */
    repeats: { type: 'string', default: '3' },
    peers: { type: 'boolean', default: false },
    lighthouse: { type: 'string' },
    gpu: { type: 'boolean', default: false },
    /** Runs only `sound`, `quality`, `training`, `pictures`, `batch`, `long`, `recovery`, `peers`, `gpu` or `lighthouse`. */
    only: { type: 'string' },
  },
})

const { preview } = await import('vite')
const { measureSize } = await import('./size.mjs')
const { measureFirstTransfer } = await import('./first-transfer.mjs')
const { measureFirstSound } = await import('./first-sound.mjs')
const { measureColdStart, measureSynthesis } = await import('./speed.mjs')
const { measureQuality } = await import('./quality.mjs')
const { measurePictures } = await import('./pictures.mjs')
const { measureBatch } = await import('./batch.mjs')
const { measureLong } = await import('./long.mjs')
const { measureRecovery } = await import('./recovery.mjs')
const { measureLighthouse } = await import('./lighthouse.mjs')
const { measurePeers } = await import('./peers.mjs')
const { measureGpuWork } = await import('./gpu-work.mjs')
const { measureTrainingSpeed, measureTuning } = await import('./training.mjs')

const server = await preview({ preview: { port: 4180 }, logLevel: 'silent' })
const address = server.resolvedUrls?.local[0] ?? 'http://localhost:4180/'
/** @type {Record<string, unknown>} */
const measured = { machine: `${cpus().length} x ${cpus()[0].model}`, javascript: measureSize() }
if (!options.only)
  measured.untilSynthesizeKb = {
    start: await measureFirstTransfer(address, 'start'),
    listen: await measureFirstTransfer(address, 'listen'),
  }
if (!options.only || options.only === 'sound') measured.firstSound = await measureFirstSound(address)
if (!options.only) {
  measured.coldStart = await measureColdStart(address)
  measured.fiveSeconds = await measureSynthesis(address, 5)
  measured.sixtySeconds = await measureSynthesis(address, 60, 1)
}
if (!options.only || options.only === 'pictures') measured.pictures = await measurePictures(address)
if (options.batch || options.only === 'batch') measured.batch = await measureBatch(address)
if (options.long || options.only === 'long')
  measured.long = await measureLong(address, Number(options.minutes))
if (options.recovery || options.only === 'recovery')
  measured.recovery = await measureRecovery(address, Number(options.repeats))
if (options.lighthouse) measured.lighthouse = await measureLighthouse(address, options.lighthouse)
if (options.training || options.only === 'training')
  measured.training = {
    inferGrad: await measureTrainingSpeed(address, options.python, 'infergrad'),
    waveGrad: await measureTrainingSpeed(address, options.python, 'wavegrad'),
    exampleVoice: await measureTuning(address),
  }
if (options.gpu || options.only === 'gpu') measured.gpu = await measureGpuWork()
if (options.peers || options.only === 'peers') {
  const { rows, skipped } = await measurePeers(options.python)
  measured.peers = { rows, skipped }
  if (rows.length > 0) console.table(rows)
  for (const peer of skipped) console.log(`Skipped: ${peer}.`)
}
if (options.speech && options.scorer && (!options.only || options.only === 'quality'))
  measured.quality = await measureQuality(address, {
    speech: options.speech,
    scorer: options.scorer,
    python: options.python,
    steps: options.steps,
    seed: options.seed,
  })
await server.close()

mkdirSync('bench/results', { recursive: true })
writeFileSync('bench/results/latest.json', `${JSON.stringify(measured, null, 1)}\n`)
console.log(JSON.stringify(measured, null, 1))
