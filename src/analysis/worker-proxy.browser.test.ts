import { expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../dsp/hifi-gan-convention.ts'
import { analysisContract } from './analysis.contract.ts'
import { connectAnalysis } from './worker-proxy.ts'

analysisContract('analysis in a worker', () => connectAnalysis())

const flac = { name: 'a', blob: new Blob(['fLaC']) }
const mel = { frames: 2000, bands: 80, values: new Float32Array(160_000) }

function connectWatched() {
  const workers: Worker[] = []
  const analysis = connectAnalysis(() => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    workers.push(worker)
    return worker
  })
  return { analysis, workers }
}

test('no worker runs before the first call', async () => {
  const { analysis, workers } = connectWatched()
  expect(workers.length).toBe(0)
  await analysis.decode(flac)
  await analysis.decode(flac)
  expect(workers.length).toBe(1)
  analysis.dispose()
})

test('when the worker dies, the call in progress rejects, and the next one gets another worker', async () => {
  const { analysis, workers } = connectWatched()
  const call = analysis.griffinLim({ mel, convention, seed: 1 }, { onProgress: () => workers[0].terminate() })
  await expect(call).rejects.toMatchObject({ problem: { code: 'analysis-lost' } })
  expect(await analysis.decode(flac)).toMatchObject({ kind: 'encoded-audio' })
  expect(workers.length).toBe(2)
  analysis.dispose()
})

test('the analysis works in a browser that refuses locks', async () => {
  const url = new URL('./testing/lockless-worker.ts', import.meta.url)
  const analysis = connectAnalysis(() => new Worker(url, { type: 'module' }))
  expect(await analysis.decode(flac)).toMatchObject({ kind: 'encoded-audio' })
  analysis.dispose()
})

test('a worker whose script cannot be loaded is a problem with a remedy', async () => {
  const analysis = connectAnalysis(() => new Worker('/no-such-worker.js', { type: 'module' }))
  await expect(analysis.decode(flac)).rejects.toMatchObject({
    problem: { code: 'analysis-lost', remedy: expect.any(String) },
  })
  analysis.dispose()
})

test('a closed analysis rejects calls, including those in progress', async () => {
  const { analysis } = connectWatched()
  const call = analysis.griffinLim({ mel, convention, seed: 1 })
  analysis.dispose()
  await expect(call).rejects.toMatchObject({ problem: { code: 'analysis-closed' } })
  await expect(analysis.decode(flac)).rejects.toMatchObject({ problem: { code: 'analysis-closed' } })
})
