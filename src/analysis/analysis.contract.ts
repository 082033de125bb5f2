/** Tests of the promises that every `Analysis` makes. The tests of each implementation run them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modelConvention as convention } from '../dsp/testing/model-convention.ts'
import audioFiles from '../io/fixtures/audio-files.fixture.json'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { fixtureBytes } from '../io/testing/fixture-bytes.ts'
import { speechLike } from '../io/testing/speech-like.ts'
import type { Analysis, Audio } from './analysis.ts'

const recording: Audio = { samples: speechLike(22_050), sampleRateHz: 22_050 }
const text = (characters: string) => new TextEncoder().encode(characters)
const fileOf = (name: string, bytes: Uint8Array<ArrayBuffer>) => ({ name, blob: new Blob([bytes]) })

function sine(hz: number, sampleRateHz: number, seconds: number): Audio {
  const samples = Float32Array.from({ length: seconds * sampleRateHz }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / sampleRateHz),
  )
  return { samples, sampleRateHz }
}

export function analysisContract(name: string, create: () => Analysis): void {
  describe(name, { timeout: 30_000 }, () => {
    let analysis: Analysis
    beforeAll(() => {
      analysis = create()
    })
    afterAll(() => analysis.dispose())

    test('tells mels from WAV from other audio, and refuses the rest with a remedy', async () => {
      const mel = writeNpy(new Float32Array(80), [80, 1])
      expect(await analysis.identify(fileOf('mel.wav', mel))).toBe('mel')
      const wav = await analysis.encodeWav({ audio: recording, encoding: 'pcm16' })
      expect(await analysis.identify(fileOf('a', wav))).toBe('pcm')
      expect(await analysis.identify(fileOf('a', text('OggS')))).toBe('other-audio')
      await expect(analysis.identify(fileOf('a.pt', text('?')))).rejects.toMatchObject({
        problem: { code: 'pickle', file: 'a.pt', remedy: expect.stringContaining('torch.load') },
      })
    })

    test('opens the mel that it wrote, and refuses another', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const bytes = await analysis.encodeMel(mel)
      const opened = await analysis.openMel({ name: 'mel.npy', bytes, target: convention })
      expect(opened.report).toMatchObject({ shape: [80, 86], conversion: 'none', reading: { bandAxis: 0 } })
      expect(opened.mel).toMatchObject({ frames: 86, bands: 80 })
      expect(opened.mel?.values.every((value, i) => value === mel.values[i])).toBe(true)
      const target = { ...convention, bands: 100 }
      await expect(analysis.openMel({ name: 'mel.npy', bytes, target })).rejects.toMatchObject({
        problem: { code: 'mel-bands', file: 'mel.npy' },
      })
    })

    test('tells a safetensors file from audio whose first bytes are the same', async () => {
      // A header of 0xe1ff bytes begins like a frame of an MP3.
      const bytes = new Uint8Array(8 + 0xe1ff).fill(0x20)
      bytes.set([0xff, 0xe1, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d])
      expect(await analysis.identify(fileOf('mel.safetensors', bytes))).toBe('mel')
    })

    test('a WAV that is too long is refused', async () => {
      const audio = { samples: new Float32Array(1), sampleRateHz: 1000 }
      const head = (await analysis.encodeWav({ audio, encoding: 'pcm16' })).slice(0, 44)
      const dataBytes = 3600 * 1000 * 2
      new DataView(head.buffer).setUint32(40, dataBytes, true)
      const blob = new Blob([head, new Uint8Array(dataBytes)])
      await expect(analysis.decodePcm({ name: 'hour.wav', blob })).rejects.toMatchObject({
        problem: { code: 'audio-too-long', file: 'hour.wav' },
      })
    })

    test('reads the headers of audio that the browser decodes', async () => {
      const bytes = fixtureBytes(audioFiles['sine.flac'])
      expect(await analysis.probeAudio(fileOf('a', bytes))).toMatchObject({ format: 'flac', seconds: 1 })
      expect(await analysis.probeAudio(fileOf('a', text('?')))).toBeUndefined()
    })

    test('raises what is very quiet, and leaves speech as it is', async () => {
      expect((await analysis.levelRecording(recording)).gainDb).toBe(0)
      const quiet = { ...recording, samples: recording.samples.map((sample) => sample / 100) }
      const { audio, gainDb } = await analysis.levelRecording(quiet)
      expect(gainDb).toBeGreaterThan(20)
      expect(await analysis.loudnessLufs(audio)).toBeGreaterThan(-24)
    })

    test('decodes the WAV that it encoded, and leaves the bytes with the caller', async () => {
      const bytes = await analysis.encodeWav({ audio: recording, encoding: 'float32' })
      const { samples, sampleRateHz, channels } = await analysis.decodePcm(fileOf('a.wav', bytes))
      expect(channels).toEqual({ count: 1, used: [0], differ: false })
      expect(sampleRateHz).toBe(22_050)
      expect(samples.every((value, i) => value === recording.samples[i])).toBe(true)
      expect(bytes.length).toBeGreaterThan(4 * 22_050)
      expect(recording.samples.length).toBe(22_050)
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
      const { bins, frames, levelsDb, highHz } = await analysis.spectrogram(sine(1000, 16_000, 1))
      const frame = [...levelsDb.subarray((frames >> 1) * bins, ((frames >> 1) + 1) * bins)]
      const peak = Math.max(...frame)
      expect(Math.abs(peak)).toBeLessThan(1.5)
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
      expect(await analysis.melError({ mel, convention, audio: first })).toBeLessThan(0.3)
      expect(await analysis.melError({ mel, convention, audio: recording })).toBe(0)
    })

    test('a cancelled call rejects with AbortError, and the next one is served', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const controller = new AbortController()
      const options = { signal: controller.signal, onProgress: () => controller.abort() }
      const call = analysis.griffinLim({ mel, convention, seed: 1 }, options)
      await expect(call).rejects.toMatchObject({ name: 'AbortError' })
      expect(await analysis.identify(fileOf('a', text('fLaC')))).toBe('other-audio')
    })

    test('compares a take with the recording', async () => {
      const input = { reference: recording, output: recording }
      expect(await analysis.compare(input)).toMatchObject({ melMae: 0, lsdDb: 0, mrstft: 0, levelDb: 0 })
      const silence = { ...recording, samples: new Float32Array(22_050) }
      await expect(analysis.compare({ ...input, output: silence })).rejects.toMatchObject({
        problem: { code: 'compare-silence' },
      })
    })

    test('says where two signals differ: nowhere, by their gain, and only where both are', async () => {
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
      const most = values.reduce((least, value) => Math.min(least, value), 0)
      expect(most).toBeCloseTo(20 * Math.log10(0.5), 4)
      expect(biasOverFrequency.every((value) => value <= 0)).toBe(true)
      const short = { ...recording, samples: recording.samples.slice(0, 11_025) }
      const cut = await analysis.difference({ of: short, from: recording })
      expect(cut.uncomparedSeconds).toBeCloseTo(0.5, 6)
      expect(cut.frames).toBeLessThan(frames)
    })

    test('compares signals of different rates at the rate of the one that is compared with', async () => {
      const [narrow, wide] = [sine(1000, 16_000, 1), sine(1000, 22_050, 1)]
      const found = await analysis.difference({ of: narrow, from: wide })
      expect(found.highHz).toBe(11_025)
      expect(found.uncomparedSeconds).toBe(0)
      const middle = found.overTime.subarray(10, found.frames - 10)
      expect(middle.every((value) => value < 0.5)).toBe(true)
    })

    test('compares the mel of an output with the one that went in, in nats', async () => {
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
      expect(await analysis.loudnessLufs(sine(997, 48_000, 1))).toBeCloseTo(-3.01, 1)
      expect(await analysis.loudnessLufs({ samples: new Float32Array(48_000), sampleRateHz: 48_000 })).toBe(
        Number.NEGATIVE_INFINITY,
      )
    })
  })
}
