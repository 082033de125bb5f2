// Synthesizes the six LJ test clips in the page (audio file in, InferGrad's WAV out) and scores them with a given
// scorer.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { downloadTake, freshBrowser, open, openFile, synthesize } from './visit.mjs'

const clips = ['LJ001-0001', 'LJ001-0002', 'LJ001-0003', 'LJ001-0017', 'LJ001-0019', 'LJ001-0024']

/**
 * Mean figures per system over the clips.
 * @param {string} address
 * @param {{ speech: string, scorer: string, python: string, steps: string, seed: string }} options folder with
 * lj/*.flac; path of score.py; an interpreter with its dependencies
 */
export async function measureQuality(address, { speech, scorer, python, steps, seed }) {
  const folder = 'bench/results/quality'
  mkdirSync(folder, { recursive: true })
  /** @type {Record<string, string[]>} */
  const pairs = { WaveGrad: [], InferGrad: [], 'Griffin-Lim': [] }
  await freshBrowser(async (page) => {
    await open(page, `${address}?steps=${steps}&seed=${seed}`)
    for (const clip of clips) {
      const recording = `${speech}/lj/${clip}.flac`
      await openFile(page, { name: `${clip}.flac`, mimeType: 'audio/flac', buffer: readFileSync(recording) })
      await synthesize(page)
      for (const system of Object.keys(pairs)) {
        const output = `${folder}/${clip}-${system}-${steps}.wav`
        await downloadTake(page, system, output)
        pairs[system].push(recording, output)
      }
    }
  })
  const score = (/** @type {string[]} */ files) => {
    const { stdout, stderr, status } = spawnSync(python, [scorer, ...files, '--json'], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`The scorer failed: ${stderr}`)
    return JSON.parse(stdout).mean
  }
  return Object.fromEntries(Object.entries(pairs).map(([system, files]) => [system, score(files)]))
}
