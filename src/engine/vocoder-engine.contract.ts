/** Tests of the promises that every `VocoderEngine` makes. The tests of each implementation run them. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type MelCorrections, noCorrections } from '../base/mel-corrections.ts'
import { wavyMel } from './testing/mels.ts'
import type { BackendName, SynthesisProgress, VocoderEngine } from './vocoder-engine.ts'

export type ContractSubject = {
  readonly name: string
  readonly create: () => VocoderEngine
  readonly backend: BackendName
  readonly modelId: string
  readonly frames: number
  /** Whether the network takes the pitch as an input. */
  readonly takesPitch?: boolean
}

export function vocoderEngineContract({
  name,
  create,
  backend,
  modelId,
  frames,
  takesPitch = false,
}: ContractSubject): void {
  const request = { modelId, mel: wavyMel(frames), betas: [0.05, 0.9], seed: 3, corrections: noCorrections }

  describe(name, { timeout: 30_000 }, () => {
    let engine: VocoderEngine
    beforeAll(async () => {
      engine = create()
      await engine.start({ backend })
    })
    afterAll(() => engine.dispose())

    test('start reports the backend, and the same one when called again', async () => {
      const report = await engine.start()
      expect(report).toMatchObject({ name: backend, detail: expect.stringMatching(/\w/) })
      expect(await engine.start({ backend })).toEqual(report)
    })

    test('models are listed by id', async () => {
      expect((await engine.listModels()).map(({ id }) => id)).toContain(modelId)
    })

    test('a model is loaded with progress in bytes, and at once the second time', async () => {
      const onProgress = vi.fn()
      const summary = await engine.loadModel(modelId, { onProgress })
      expect(summary).toMatchObject({ id: modelId, mel: { bands: request.mel.bands } })
      const { loadedBytes, totalBytes } = onProgress.mock.lastCall?.[0] ?? {}
      expect(loadedBytes).toBeGreaterThan(0)
      expect(loadedBytes).toBe(totalBytes)
      onProgress.mockClear()
      expect(await engine.loadModel(modelId, { onProgress })).toEqual(summary)
      expect(onProgress).not.toHaveBeenCalled()
    })

    test('an unknown model is refused with a list of the known ones', async () => {
      const refusal = { problem: { code: 'model-unknown', accepted: expect.stringContaining(modelId) } }
      await expect(engine.loadModel('no-such-model')).rejects.toMatchObject(refusal)
      await expect(engine.synthesize({ ...request, modelId: 'no-such-model' })).rejects.toMatchObject(refusal)
    })

    test('synthesis gives samples in range, with rising progress', async () => {
      const seen: SynthesisProgress[] = []
      const result = await engine.synthesize(request, { onProgress: (progress) => seen.push(progress) })
      const { hopSamples, sampleRateHz } = (await engine.loadModel(modelId)).mel
      expect(result).toMatchObject({ sampleRateHz, backend, elapsedSeconds: expect.any(Number) })
      expect(result.samples).toHaveLength(frames * hopSamples)
      expect(result.samples.every((value) => Math.abs(value) <= 1)).toBe(true)
      expect(result.samples.some((value) => value !== 0)).toBe(true)
      const fractions = seen.map(({ fraction }) => fraction)
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
      expect(seen.at(-1)).toEqual({ step: 2, steps: 2, fraction: 1 })
    })

    test('the same seed gives the same samples to the bit, another one does not', async () => {
      const { samples } = await engine.synthesize(request)
      expect((await engine.synthesize(request)).samples).toEqual(samples)
      expect((await engine.synthesize({ ...request, seed: 4 })).samples).not.toEqual(samples)
    })

    test('a request for estimates gives those of every step; the last is the result', async () => {
      const { samples, estimates = [] } = await engine.synthesize({ ...request, estimates: true })
      const plain = await engine.synthesize(request)
      expect(plain.estimates).toBeUndefined()
      expect(samples).toEqual(plain.samples)
      expect(estimates).toHaveLength(3)
      expect(estimates[2]).toBe(samples)
      for (const estimate of estimates) {
        expect(estimate).toHaveLength(samples.length)
        expect(estimate.every((value) => Math.abs(value) <= 1)).toBe(true)
      }
      expect(estimates[0]).not.toEqual(estimates[1])
      const betas = Array.from({ length: 13 }, () => 0.1)
      await expect(engine.synthesize({ ...request, betas, estimates: true })).rejects.toMatchObject({
        problem: { code: 'estimates-too-many' },
      })
    })

    test('a stream delivers the same samples, piece by piece', async () => {
      const { samples } = await engine.synthesize(request)
      const seen: SynthesisProgress[] = []
      const options = { onProgress: (progress: SynthesisProgress) => seen.push(progress) }
      const { sampleRateHz } = (await engine.loadModel(modelId)).mel
      expect(await engine.stream(request, options)).toEqual({
        sampleRateHz,
        backend,
        elapsedSeconds: expect.any(Number),
      })
      const pieces = seen.flatMap(({ piece }) => (piece ? [piece] : []))
      expect(pieces[0].startSample).toBe(0)
      expect(pieces.flatMap((piece) => Array.from(piece.samples))).toEqual(Array.from(samples))
    })

    test('the request sets the number of corrections, if the prior has any', async () => {
      const { prior, corrections: own } = await engine.loadModel(modelId)
      expect(own).toEqual({ count: expect.any(Number), momentum: expect.any(Number), scope: 'all' })
      const samplesWith = async (count: number) =>
        (await engine.synthesize({ ...request, corrections: { count, momentum: 0, scope: 'all' } })).samples
      const [none, four] = [await samplesWith(0), await samplesWith(4)]
      expect(await samplesWith(4)).toEqual(four)
      if (prior === 'spectral') expect(four).not.toEqual(none)
      else expect(four).toEqual(none)
    })

    test('without the network there is sound by the seed alone, and progress to the end', async () => {
      const { betas: _, ...control } = request
      const seen: SynthesisProgress[] = []
      const result = await engine.synthesizeWithoutNetwork(control, {
        onProgress: (progress) => seen.push(progress),
      })
      const { hopSamples, sampleRateHz } = (await engine.loadModel(modelId)).mel
      expect(result).toMatchObject({ sampleRateHz, backend, elapsedSeconds: expect.any(Number) })
      expect(result.samples).toHaveLength(frames * hopSamples)
      expect(result.samples.every((value) => Math.abs(value) <= 1)).toBe(true)
      expect(seen.at(-1)).toEqual({ step: 0, steps: 0, fraction: 1 })
      const samplesOf = async (seed: number) =>
        (await engine.synthesizeWithoutNetwork({ ...control, seed })).samples
      expect(await samplesOf(3)).toEqual(result.samples)
      expect(await samplesOf(4)).not.toEqual(result.samples)
      expect((await engine.synthesize(request)).samples).not.toEqual(result.samples)
      const tooMany = { ...control, corrections: { count: 101, momentum: 0, scope: 'all' as const } }
      await expect(engine.synthesizeWithoutNetwork(tooMany)).rejects.toMatchObject({
        problem: { code: 'corrections-invalid' },
      })
    })

    test('the pitch of a mel has a value per frame, if the model takes it as an input', async () => {
      const { mel } = request
      const track = await engine.pitch({ modelId, mel })
      if (takesPitch) {
        expect(track?.f0Hz).toHaveLength(frames)
        expect(track?.f0Hz.every((hz) => hz >= 55 && hz <= 620)).toBe(true)
        expect(track?.voicing.every((chance) => chance >= 0 && chance <= 1)).toBe(true)
        expect(await engine.pitch({ modelId, mel })).toEqual(track)
      } else expect(track).toBeUndefined()
      await expect(engine.pitch({ modelId, mel: wavyMel(4, 7) })).rejects.toMatchObject({
        problem: { code: 'mel-mismatch' },
      })
      await expect(engine.pitch({ modelId, mel }, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        name: 'AbortError',
      })
    })

    test('a request that cannot be served is refused and leaves the engine usable', async () => {
      const problemWith = (change: Partial<typeof request>) =>
        engine.synthesize({ ...request, ...change }).catch(({ problem }) => problem)
      expect(await problemWith({ betas: [] })).toMatchObject({ code: 'schedule-invalid' })
      expect(await problemWith({ mel: wavyMel(4, 7) })).toMatchObject({ code: 'mel-mismatch' })
      expect(await problemWith({ seed: 0.5 })).toMatchObject({ code: 'seed-invalid' })
      const invalid: MelCorrections[] = [
        { count: -1, momentum: 0, scope: 'all' },
        { count: 0.5, momentum: 0, scope: 'all' },
        { count: 101, momentum: 0, scope: 'all' },
        { count: 4, momentum: 1, scope: 'all' },
        { count: 4, momentum: Number.NaN, scope: 'all' },
        { count: 4, momentum: 0, scope: 'half' as 'all' },
      ]
      for (const corrections of invalid)
        expect(await problemWith({ corrections })).toMatchObject({ code: 'corrections-invalid' })
      expect((await engine.synthesize(request)).samples.length).toBeGreaterThan(0)
    })

    test('a job cancelled between its steps rejects with AbortError, and the next one succeeds', async () => {
      const controller = new AbortController()
      const cancelled = engine.synthesize(
        { ...request, betas: [0.05, 0.1, 0.2, 0.5, 0.9] },
        { signal: controller.signal, onProgress: () => controller.abort() },
      )
      await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
      const { samples } = await engine.synthesize(request)
      expect(samples).toEqual((await engine.synthesize(request)).samples)
    })

    test('a job that is cancelled before it begins never starts', async () => {
      const onProgress = vi.fn()
      const cancelled = engine.synthesize(request, { signal: AbortSignal.abort(), onProgress })
      await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' })
      const control = engine.synthesizeWithoutNetwork(request, { signal: AbortSignal.abort(), onProgress })
      await expect(control).rejects.toMatchObject({ name: 'AbortError' })
      expect(onProgress).not.toHaveBeenCalled()
    })

    test('jobs that are requested together run one after the other', async () => {
      const order: string[] = []
      const job = (label: string) => engine.synthesize(request, { onProgress: () => order.push(label) })
      const results = await Promise.all([job('first'), job('second')])
      expect(order).toEqual(['first', 'first', 'second', 'second'])
      expect(results[0].samples).toEqual(results[1].samples)
    })

    test('an engine that was disposed refuses to work', async () => {
      const other = create()
      other.dispose()
      await expect(other.synthesize(request)).rejects.toMatchObject({ problem: { code: 'engine-closed' } })
    })
  })
}
