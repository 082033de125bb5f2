import { expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../dsp/mel/hifi-gan-convention.ts'
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

test('calls with audio are sent one after the other, also after one that failed or was cancelled', async () => {
  let [unanswered, most] = [0, 0]
  const analysis = connectAnalysis(() => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    const post = worker.postMessage.bind(worker)
    worker.postMessage = (message: { type: string; kind: string }, transfer?: unknown) => {
      if (message.type === 'call' && message.kind !== 'watch') most = Math.max(most, ++unanswered)
      post(message, transfer as Transferable[])
    }
    worker.addEventListener('message', ({ data }) => {
      if (data.type === 'reply' || data.type === 'problem') unanswered--
    })
    return worker
  })
  const audio = { samples: new Float32Array(44_100).fill(0.1), sampleRateHz: 22_050 }
  const wrong = { mel: { frames: 10, bands: 40, values: new Float32Array(400) }, convention }
  const calls = [
    analysis.measure({ audio }),
    analysis.compare({ audio, against: wrong }),
    analysis.compare({ audio, against: { recording: audio } }, { signal: AbortSignal.abort() }),
    analysis.difference({ of: audio, from: audio }),
    analysis.encodeWav({ audio, encoding: 'pcm16' }),
  ]
  expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  expect([most, unanswered]).toEqual([1, 0])
  analysis.dispose()
})

test('the analysis works in a browser that refuses locks', async () => {
  // Vite recognises a worker, whose imports Vitest must not wrap, only by this form.
  const analysis = connectAnalysis(
    () => new Worker(new URL('./testing/lockless-worker.ts', import.meta.url), { type: 'module' }),
  )
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
