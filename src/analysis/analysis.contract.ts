/** Tests of the promises that every `Analysis` makes. The tests of each implementation run them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../dsp/mel/hifi-gan-convention.ts'
import type { Analysis } from './analysis.ts'
import { filesContract } from './files.contract.ts'
import { fileOf, recording, sine, text } from './testing/inputs.ts'

export function analysisContract(name: string, create: () => Analysis): void {
  describe(name, { timeout: 30_000 }, () => {
    let analysis: Analysis
    beforeAll(() => {
      analysis = create()
    })
    afterAll(() => analysis.dispose())

    test('raises very quiet audio unless asked to keep its level, and leaves speech as it is', async () => {
      expect((await analysis.analyse({ audio: recording, convention })).gainDb).toBe(0)
      const quiet = { ...recording, samples: recording.samples.map((sample) => sample / 100) }
      const { audio, gainDb } = await analysis.analyse({ audio: quiet, convention })
      expect(gainDb).toBeGreaterThan(20)
      expect((await analysis.measure({ audio })).loudnessLufs).toBeGreaterThan(-24)
      const kept = await analysis.analyse({ audio: quiet, convention, keepLevel: true })
      expect(kept).toMatchObject({ gainDb: 0, clippedPlaces: 0 })
      expect(kept.audio.samples[5000]).toBe(quiet.samples[5000])
      const wav = await analysis.encodeWav({ audio: quiet, encoding: 'float32' })
      const input = { ...fileOf('quiet.wav', wav), target: convention }
      expect(await analysis.open(input)).toMatchObject({ gainDb })
      expect(await analysis.open({ ...input, keepLevel: true })).toMatchObject({ gainDb: 0 })
    })

    test('analyses a recording of any rate at the model’s, in whole frames', async () => {
      const { audio, mel } = await analysis.analyse({ audio: sine(1000, 16_000, 1), convention })
      expect(audio).toMatchObject({ sampleRateHz: 22_050 })
      expect(audio.samples.length).toBe(86 * 256)
      expect(mel.frames).toBe(86)
      const frame = [...mel.values.subarray(43 * 80, 44 * 80)]
      // Slaney's scale is linear up to 1 kHz, 15 mels there and 45.2 at 8 kHz: band 15 / 45.2 * 81 - 1.
      expect(frame.indexOf(Math.max(...frame))).toBe(26)
    })

    test('refuses a recording shorter than a frame', async () => {
      await expect(analysis.analyse({ audio: sine(100, 22_050, 0.01), convention })).rejects.toMatchObject({
        problem: { code: 'audio-too-short', accepted: expect.stringContaining('256') },
      })
    })

    test('a sine of full scale stands at 0 dB in the spectrogram, at its frequency', async () => {
      const { spectrogram, peakDb } = await analysis.measure({ audio: sine(1000, 16_000, 1) })
      const { bins, frames, levelsDb, highHz } = spectrogram
      const frame = [...levelsDb.subarray((frames >> 1) * bins, ((frames >> 1) + 1) * bins)]
      const peak = Math.max(...frame)
      expect(Math.abs(peak)).toBeLessThan(1.5)
      expect(peakDb).toBeGreaterThanOrEqual(peak)
      expect(peakDb).toBeLessThan(1.5)
      expect(Math.abs((frame.indexOf(peak) * highHz) / (bins - 1) - 1000)).toBeLessThan(20)
    })

    test('Griffin-Lim gives the same for a seed, with rising progress, near its mel', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const seen: number[] = []
      const onProgress = (fraction: number) => seen.push(fraction)
      const first = await analysis.griffinLim({ mel, convention, seed: 1 }, { onProgress })
      const again = await analysis.griffinLim({ mel, convention, seed: 1 })
      expect(first.samples.length).toBe(86 * 256)
      expect(first.samples.every((value, i) => value === again.samples[i])).toBe(true)
      expect(seen.length).toBeGreaterThan(10)
      expect(seen).toEqual(seen.toSorted((a, b) => a - b))
      const against = { mel, convention }
      const ofFirst = await analysis.compare({ audio: first, against })
      if (ofFirst.quality?.against !== 'mel') throw new Error('not compared with the mel')
      expect(ofFirst.quality.melErrorNats).toBeLessThan(0.3)
      expect(ofFirst.quality.melErrorNats).toBeGreaterThan(0.001)
      expect(await analysis.compare({ audio: recording, against })).toMatchObject({
        quality: { against: 'mel', melErrorNats: 0 },
      })
    })

    test('a cancelled call rejects with AbortError, and the next one is served', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const controller = new AbortController()
      const options = { signal: controller.signal, onProgress: () => controller.abort() }
      const call = analysis.griffinLim({ mel, convention, seed: 1 }, options)
      await expect(call).rejects.toMatchObject({ name: 'AbortError' })
      expect((await analysis.decode(fileOf('a', text('fLaC')))).kind).toBe('encoded-audio')
    })

    test('compares with a recording', async () => {
      const { quality, problem } = await analysis.compare({ audio: recording, against: { recording } })
      expect(problem).toBeUndefined()
      expect(quality).toMatchObject({
        against: 'recording',
        figures: { melMae: 0, lsdDb: 0, mrstft: 0, levelDb: 0 },
      })
    })

    test('silence has levels and a problem, but no quality', async () => {
      const audio = { ...recording, samples: new Float32Array(22_050) }
      expect((await analysis.measure({ audio })).loudnessLufs).toBe(Number.NEGATIVE_INFINITY)
      const compared = await analysis.compare({ audio, against: { recording } })
      expect(compared).toMatchObject({ problem: { code: 'compare-silence' } })
      expect(compared.quality).toBeUndefined()
    })

    test('a comparison can be cancelled', async () => {
      const controller = new AbortController()
      const { signal } = controller
      const call = analysis.compare({ audio: recording, against: { recording } }, { signal })
      controller.abort()
      await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    })

    test('shows where two signals differ: nowhere, by their gain, and only while both last', async () => {
      const half = { ...recording, samples: recording.samples.map((value) => value / 2) }
      expect(await analysis.difference({ of: recording, from: recording })).toMatchObject({
        unit: 'dB',
        total: 0,
        uncomparedSeconds: 0,
        highHz: 11_025,
      })
      const { biasOverFrequency, overTime, frames, bins, values } = await analysis.difference({
        of: half,
        from: recording,
      })
      expect(values).toHaveLength(frames * bins)
      expect(overTime).toHaveLength(frames)
      // The difference is 6.02 dB where there is speech, and less where the halved signal falls below the threshold.
      const min = values.reduce((lowest, value) => Math.min(lowest, value), 0)
      expect(min).toBeCloseTo(20 * Math.log10(0.5), 4)
      expect(biasOverFrequency.every((value) => value <= 0)).toBe(true)
      const short = { ...recording, samples: recording.samples.slice(0, 11_025) }
      const cut = await analysis.difference({ of: short, from: recording })
      expect(cut.uncomparedSeconds).toBeCloseTo(0.5, 6)
      expect(cut.frames).toBeLessThan(frames)
    })

    test('compares signals of different rates at the rate of the reference', async () => {
      const [narrow, wide] = [sine(1000, 16_000, 1), sine(1000, 22_050, 1)]
      const found = await analysis.difference({ of: narrow, from: wide })
      expect(found.highHz).toBe(11_025)
      expect(found.uncomparedSeconds).toBe(0)
      const middle = found.overTime.subarray(10, found.frames - 10)
      expect(middle.every((value) => value < 0.5)).toBe(true)
    })

    test('compares the mel of an output with the input mel, in nats', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const none = await analysis.melDifference({ mel, convention, audio: recording })
      expect(none).toMatchObject({ unit: 'nat', frames: 86, bins: 80, total: 0, uncomparedSeconds: 0 })
      const raised = { ...mel, values: mel.values.map((value) => value + 0.25) }
      const { total, biasOverFrequency } = await analysis.melDifference({
        mel: raised,
        convention,
        audio: recording,
      })
      expect(total).toBeCloseTo(0.25, 5)
      expect(biasOverFrequency.every((value) => Math.abs(value + 0.25) < 1e-5)).toBe(true)
      const short = { ...recording, samples: recording.samples.slice(0, 43 * 256) }
      const { uncomparedSeconds } = await analysis.melDifference({ mel, convention, audio: short })
      expect(uncomparedSeconds).toBeCloseTo((43 * 256) / 22_050, 6)
    })

    test('makes the anchor of a listening test, and names audio by its hash', async () => {
      const audio = sine(5000, 22_050, 1)
      const low = await analysis.lowPass({ audio, cutoffHz: 3500 })
      expect(low).toMatchObject({ sampleRateHz: 22_050 })
      expect(low.samples).toHaveLength(22_050)
      expect(low.samples.subarray(2000, 20_000).every((value) => Math.abs(value) < 0.003)).toBe(true)
      // `sha256sum` gives this hash for the bytes 00 00 80 3f 00 00 00 bf.
      const named = { samples: Float32Array.of(1, -0.5), sampleRateHz: 22_050 }
      expect(await analysis.sha256(named)).toBe(
        'e5e0ce39fac89cd93af5ba8bcad2fe35d88c75417c7e44941fe5ee4e48f1cf75',
      )
      const view = new Float32Array(Float32Array.of(7, 1, -0.5, 7).buffer, 4, 2)
      expect(await analysis.sha256({ ...named, samples: view })).toBe(
        'e5e0ce39fac89cd93af5ba8bcad2fe35d88c75417c7e44941fe5ee4e48f1cf75',
      )
    })

    test('measures loudness: a sine of full scale at 997 Hz has -3.01 LUFS', async () => {
      const { loudnessLufs } = await analysis.measure({ audio: sine(997, 48_000, 1) })
      expect(loudnessLufs).toBeCloseTo(-3.01, 1)
    })
  })

  filesContract(name, create)
}
