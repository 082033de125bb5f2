/** Tests of the promises that every `Analysis` makes. The tests of each implementation run them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modelConvention as convention } from '../dsp/testing/model-convention.ts'
import audioFiles from '../io/fixtures/audio-files.fixture.json'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { fixtureBytes } from '../io/testing/fixture-bytes.ts'
import { speechLike } from '../io/testing/speech-like.ts'
import type { Analysis, Audio, Levels } from './analysis.ts'

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

    test('opens each kind of file by its content, and refuses the rest with a remedy', async () => {
      const mel = writeNpy(new Float32Array(80), [80, 1])
      const wav = await analysis.encodeWav({ audio: recording, encoding: 'pcm16' })
      for (const [bytes, kind] of [
        [mel, 'mel'],
        [wav, 'audio'],
        [text('OggS'), 'encoded-audio'],
      ] as const) {
        const file = fileOf('mel.wav', bytes)
        expect((await analysis.open({ ...file, target: convention })).kind).toBe(kind)
        expect((await analysis.decode(file)).kind).toBe(kind)
      }
      const pickle = fileOf('a.pt', text('?'))
      const problem = { code: 'pickle', file: 'a.pt', remedy: expect.stringContaining('torch.load') }
      await expect(analysis.open({ ...pickle, target: convention })).rejects.toMatchObject({ problem })
      await expect(analysis.decode(pickle)).rejects.toMatchObject({ problem })
    })

    test('opens the mel that it wrote, and refuses another', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const bytes = await analysis.encodeMel(mel)
      const opened = await analysis.open({ ...fileOf('mel.npy', bytes), target: convention })
      if (opened.kind !== 'mel') throw new Error(opened.kind)
      expect(opened.report).toMatchObject({ shape: [80, 86], conversion: 'none', reading: { bandAxis: 0 } })
      expect(opened.mel).toMatchObject({ frames: 86, bands: 80 })
      expect(opened.mel?.values.every((value, i) => value === mel.values[i])).toBe(true)
      const target = { ...convention, bands: 100 }
      await expect(analysis.open({ ...fileOf('mel.npy', bytes), target })).rejects.toMatchObject({
        problem: { code: 'mel-bands', file: 'mel.npy' },
      })
    })

    test('an answer decides only if the file leaves a question open', async () => {
      const answer = { bandAxis: 1 as const }
      const open = async (values: Float32Array<ArrayBuffer>, reading?: typeof answer) => {
        const bytes = writeNpy(values, [80, 80])
        const input = { ...fileOf('square.npy', bytes), target: convention, answer: reading }
        const opened = await analysis.open(input)
        return opened.kind === 'mel' ? opened : undefined
      }
      // Values that are the same along both axes cannot tell which of the two holds the bands.
      const undecided = Float32Array.from({ length: 6400 }, (_, i) => -(((i % 80) + Math.floor(i / 80)) % 9))
      expect((await open(undecided))?.report.question).toBeDefined()
      expect((await open(undecided))?.mel).toBeUndefined()
      expect((await open(undecided, answer))?.report.reading.bandAxis).toBe(1)
      expect((await open(undecided, answer))?.mel).toMatchObject({ frames: 80, bands: 80 })
      const decided = Float32Array.from({ length: 6400 }, (_, i) => -(Math.floor(i / 80) % 9))
      expect((await open(decided, answer))?.report.reading.bandAxis).toBe(0)
    })

    test('tells a safetensors file from audio whose first bytes are the same', async () => {
      // A header of 0xe1ff bytes begins like a frame of an MP3.
      const bytes = new Uint8Array(8 + 0xe1ff).fill(0x20)
      bytes.set([0xff, 0xe1, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d])
      expect(await analysis.decode(fileOf('mel.safetensors', bytes))).toEqual({ kind: 'mel' })
    })

    test('a WAV that is too long is refused', async () => {
      const audio = { samples: new Float32Array(1), sampleRateHz: 1000 }
      const head = (await analysis.encodeWav({ audio, encoding: 'pcm16' })).slice(0, 44)
      const dataBytes = 3600 * 1000 * 2
      new DataView(head.buffer).setUint32(40, dataBytes, true)
      const file = { name: 'hour.wav', blob: new Blob([head, new Uint8Array(dataBytes)]) }
      const problem = { code: 'audio-too-long', file: 'hour.wav' }
      await expect(analysis.decode(file)).rejects.toMatchObject({ problem })
      await expect(analysis.open({ ...file, target: convention })).rejects.toMatchObject({ problem })
    })

    test('reads the headers of audio that the browser decodes', async () => {
      const flac = fileOf('a', fixtureBytes(audioFiles['sine.flac']))
      const unknown = fileOf('a.webm', text('?'))
      for (const decoded of [
        await analysis.decode(flac),
        await analysis.open({ ...flac, target: convention }),
      ]) {
        expect(decoded).toMatchObject({ kind: 'encoded-audio', container: { format: 'flac', seconds: 1 } })
      }
      expect(await analysis.decode(unknown)).toEqual({ kind: 'encoded-audio', container: undefined })
    })

    test('mixes the channels of a file, or reads the one that is asked for', async () => {
      const wav = await analysis.encodeWav({ audio: recording, encoding: 'pcm16' })
      const header = new DataView(wav.buffer)
      // The same samples as two channels at half the rate.
      header.setUint16(22, 2, true)
      header.setUint32(24, 11_025, true)
      header.setUint16(32, 4, true)
      const decoded = [undefined, 0, 1].map((channel) =>
        analysis.decode({ ...fileOf('a.wav', wav), channel }),
      )
      const [mixed, left, right] = (await Promise.all(decoded)).map((file) =>
        file.kind === 'audio' ? file.recording : undefined,
      )
      expect(mixed?.channels).toEqual({ count: 2, used: [0, 1], differ: false })
      expect(right?.channels).toEqual({ count: 2, used: [1], differ: true })
      expect(left?.samples).toHaveLength(11_025)
      expect(mixed?.samples[5000]).toBeCloseTo(
        ((left?.samples[5000] ?? Number.NaN) + (right?.samples[5000] ?? Number.NaN)) / 2,
        6,
      )
      const opened = await analysis.open({ ...fileOf('a.wav', wav), channel: 1, target: convention })
      expect(opened).toMatchObject({ kind: 'audio', fileRateHz: 11_025, channels: { used: [1] } })
    })

    test('raises what is very quiet unless asked to keep it, and leaves speech as it is', async () => {
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

    test('decodes the WAV that it encoded, and leaves the bytes with the caller', async () => {
      const bytes = await analysis.encodeWav({ audio: recording, encoding: 'float32' })
      const decoded = await analysis.decode(fileOf('a.wav', bytes))
      if (decoded.kind !== 'audio') throw new Error(decoded.kind)
      const { samples, sampleRateHz, channels } = decoded.recording
      expect(channels).toEqual({ count: 1, used: [0], differ: false })
      expect(sampleRateHz).toBe(22_050)
      expect(samples.every((value, i) => value === recording.samples[i])).toBe(true)
      expect(bytes.length).toBeGreaterThan(4 * 22_050)
      expect(recording.samples.length).toBe(22_050)
    })

    test('opens a WAV file of any rate as `analyse` treats its samples', async () => {
      const bytes = await analysis.encodeWav({ audio: sine(1000, 16_000, 1), encoding: 'float32' })
      const opened = await analysis.open({ ...fileOf('a.wav', bytes), target: convention })
      const analysed = await analysis.analyse({ audio: sine(1000, 16_000, 1), convention })
      const channels = { count: 1, used: [0], differ: false }
      expect(opened).toEqual({ kind: 'audio', fileRateHz: 16_000, channels, ...analysed })
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
      const ofFirst = await analysis.measure({ audio: first, against })
      if (ofFirst.quality?.against !== 'mel') throw new Error('not compared with the mel')
      expect(ofFirst.quality.melErrorNats).toBeLessThan(0.3)
      expect(ofFirst.quality.melErrorNats).toBeGreaterThan(0.001)
      expect(await analysis.measure({ audio: recording, against })).toMatchObject({
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

    test('measures against a recording, and tells the levels before the figures', async () => {
      const seen: Levels[] = []
      const against = { recording }
      const onProgress = (levels: Levels) => seen.push(levels)
      const { quality, problem, ...levels } = await analysis.measure(
        { audio: recording, against },
        { onProgress },
      )
      expect(problem).toBeUndefined()
      expect(quality).toMatchObject({
        against: 'recording',
        figures: { melMae: 0, lsdDb: 0, mrstft: 0, levelDb: 0 },
      })
      expect(seen).toEqual([levels])
    })

    test('silence has levels and a problem, but no quality', async () => {
      const audio = { ...recording, samples: new Float32Array(22_050) }
      const measured = await analysis.measure({ audio, against: { recording } })
      expect(measured).toMatchObject({
        loudnessLufs: Number.NEGATIVE_INFINITY,
        problem: { code: 'compare-silence' },
      })
      expect(measured.quality).toBeUndefined()
    })

    test('measuring can be cancelled', async () => {
      const controller = new AbortController()
      const call = analysis.measure(
        { audio: recording, against: { recording } },
        { signal: controller.signal, onProgress: () => controller.abort() },
      )
      await expect(call).rejects.toMatchObject({ name: 'AbortError' })
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
      const min = values.reduce((lowest, value) => Math.min(lowest, value), 0)
      expect(min).toBeCloseTo(20 * Math.log10(0.5), 4)
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
      const { loudnessLufs, quality } = await analysis.measure({ audio: sine(997, 48_000, 1) })
      expect(loudnessLufs).toBeCloseTo(-3.01, 1)
      expect(quality).toBeUndefined()
    })
  })
}
