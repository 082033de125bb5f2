// npm run samples: makes public/samples/ with the page itself, from the models in public/models/.
// Run it when weights or their configuration change; src/store/samples/samples-current.test.ts fails until then.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Flac from 'libflacjs/dist/libflac.min.js'
import { chromium } from 'playwright'
import { chromiumFlags, findChromium } from './chromium.mjs'
import { paintSamples } from './sample-pictures.mjs'
import { run } from './setup.mjs'

const folder = 'public/samples'
const models = ['wavegrad-frames', 'infergrad-frames']
/** The clips in the order of the page: an example and its title among the samples. */
const clips = [
  { id: 'lj-modern', title: 'LJ Speech' },
  { id: 'synthetic', title: 'Synthetic, with its recording' },
]
/** The samples to make of each clip, with the name of each take. */
const wanted = [
  { system: 'no-network', take: 'No network' },
  { system: 'wavegrad', steps: 2, take: 'WaveGrad' },
  { system: 'wavegrad', steps: 6, take: 'WaveGrad' },
  { system: 'infergrad', steps: 2, take: 'InferGrad' },
  { system: 'recording', take: 'Recording' },
]

if (!process.argv.includes('--built') && !run('npx', ['vite', 'build', '--logLevel', 'warn'])) process.exit(1)
const { preview } = await import('vite')
const server = await preview({ preview: { port: Number(process.env.PORT ?? 4190) }, logLevel: 'silent' })
const address = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags })

/** Opens an example and makes its takes. */
async function synthesize(/** @type {string} */ example, /** @type {number} */ steps) {
  const page = await browser.newPage({ serviceWorkers: 'block' })
  await page.goto(`${address}?example=${example}&steps=${steps}&seed=1&control=on#/listen`)
  const button = page.getByRole('button', { name: 'Synthesize' }).and(page.locator('[aria-disabled="false"]'))
  await button.click({ timeout: 120_000 })
  await page.getByRole('group', { name: 'Griffin-Lim', exact: true }).waitFor({ timeout: 300_000 })
  await button.waitFor({ timeout: 120_000 })
  return page
}

/**
 * Downloads a take, and returns its 16-bit samples with the loudness that its card shows.
 * @param {import('playwright').Page} page
 * @param {string} name
 */
async function download(page, name) {
  const card = page.getByRole('group', { name, exact: true })
  await card.getByText('LUFS').waitFor()
  const loudness = (await card.textContent())?.match(/([−-]?[\d.]+)\s*LUFS/)?.[1] ?? ''
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    card.getByRole('button', { name: 'Download WAV' }).click(),
  ])
  const wav = readFileSync(await file.path())
  const data = wav.indexOf('data') + 8
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + data, wav.byteOffset + wav.length))
  return {
    samples,
    sampleRateHz: wav.readUInt32LE(24),
    loudnessLufs: Number(loudness.replace('−', '-')),
  }
}

/** Encodes mono 16-bit samples without loss. */
function flac(/** @type {Int16Array} */ samples, /** @type {number} */ sampleRateHz) {
  /** @type {Uint8Array[]} */
  const parts = []
  const encoder = Flac.create_libflac_encoder(sampleRateHz, 1, 16, 8, samples.length, false, 0)
  Flac.init_encoder_stream(encoder, (/** @type {Uint8Array} */ part) => {
    parts.push(part.slice())
  })
  Flac.FLAC__stream_encoder_process_interleaved(encoder, Int32Array.from(samples), samples.length)
  Flac.FLAC__stream_encoder_finish(encoder)
  Flac.FLAC__stream_encoder_delete(encoder)
  return Buffer.concat(parts)
}

if (!Flac.isReady()) await new Promise((resolve) => Flac.on('ready', resolve))
mkdirSync(folder, { recursive: true })
for (const name of readdirSync(folder)) rmSync(`${folder}/${name}`)

const examples = JSON.parse(readFileSync('public/examples/index.json', 'utf8'))
const listed = []
for (const { id, title } of clips) {
  const { text, language } = examples.find((/** @type {{ id: string }} */ example) => example.id === id)
  /** @type {Map<number, import('playwright').Page>} */
  const pages = new Map()
  for (const steps of [2, 6]) pages.set(steps, await synthesize(id, steps))
  const samples = []
  let rateHz = 0
  for (const { system, steps, take } of wanted) {
    const page = pages.get(steps ?? 2)
    if (!page || (await page.getByRole('group', { name: take, exact: true }).count()) === 0) continue
    const { samples: audio, sampleRateHz, loudnessLufs } = await download(page, take)
    const name = [id, system, steps].filter((part) => part).join('-')
    const [file, picture] = [`${name}.flac`, `${name}.webp`]
    writeFileSync(`${folder}/${file}`, flac(audio, sampleRateHz))
    rateHz = sampleRateHz
    samples.push({ system, ...(steps && { steps }), file, picture, loudnessLufs })
  }
  for (const page of pages.values()) await page.close()
  await paintSamples(browser, folder, samples, rateHz)
  listed.push({ id, title, text, language, sampleRateHz: rateHz, samples })
}
await browser.close()
await server.close()

const sha256 = (/** @type {string} */ path) => createHash('sha256').update(readFileSync(path)).digest('hex')
const hashes = Object.fromEntries(
  models.map((id) => [
    id,
    {
      weights: sha256(`public/models/${id}/model.safetensors`),
      config: sha256(`public/models/${id}/config.json`),
    },
  ]),
)
writeFileSync(`${folder}/index.json`, `${JSON.stringify({ models: hashes, clips: listed }, null, 2)}\n`)
for (const name of readdirSync(folder)) console.log(name, readFileSync(`${folder}/${name}`).length)
