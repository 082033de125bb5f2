/** Tests of how every `Analysis` opens files, as a part of its contract. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../dsp/mel/hifi-gan-convention.ts'
import audioFiles from '../io/fixtures/audio-files.fixture.json'
import { writeNpy } from '../io/npy/npy-writer.ts'
import { fixtureBytes } from '../io/testing/fixture-bytes.ts'
import { zipFile } from '../io/testing/zip-file.ts'
import type { Analysis, OpenInput } from './analysis.ts'
import { fileOf, recording, sine, text } from './testing/inputs.ts'

export function filesContract(name: string, create: () => Analysis): void {
  describe(`${name}: files`, { timeout: 30_000 }, () => {
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

    test('opens the mel that it wrote, converts it to another number of bands, and refuses what has no bands', async () => {
      const { mel } = await analysis.analyse({ audio: recording, convention })
      const bytes = await analysis.encodeMel(mel)
      const opened = await analysis.open({ ...fileOf('mel.npy', bytes), target: convention })
      if (opened.kind !== 'mel') throw new Error(opened.kind)
      expect(opened.report).toMatchObject({ shape: [80, 86], conversion: 'none', reading: { bandAxis: 0 } })
      expect(opened.mel).toMatchObject({ frames: 86, bands: 80 })
      expect(opened.mel?.values.every((value, i) => value === mel.values[i])).toBe(true)
      const wide = { ...fileOf('mel.npy', bytes), target: { ...convention, bands: 100 } }
      expect(await analysis.open(wide)).toMatchObject({
        mel: { bands: 100 },
        report: { conversion: 'approximate' },
      })
      const narrow = fileOf('mel.npy', writeNpy(new Float32Array(12 * 9), [12, 9]))
      await expect(analysis.open({ ...narrow, target: convention })).rejects.toMatchObject({
        problem: { code: 'mel-bands', file: 'mel.npy' },
      })
    })

    test('unpacks what can be opened of a zip, without its folders and hidden files', async () => {
      const zip = zipFile({
        'clips/a.wav': text('one'),
        'clips/mel.npy': text('two'),
        'clips/config.yaml': text('three'),
        '__MACOSX/clips/._a.wav': text('?'),
        'clips/.hidden.npy': text('?'),
        'clips/inner.zip': text('?'),
        'clips/no-extension': text('1 2 3\n4 5 6'),
        'model.pt': text('four'),
        'readme.md': text('?'),
      })
      const { files, leftOut } = await analysis.unpack(fileOf('clips.zip', zip))
      const contents = await Promise.all(files.map(async ({ name, blob }) => [name, await blob.text()]))
      expect(contents).toEqual([
        ['a.wav', 'one'],
        ['mel.npy', 'two'],
        ['config.yaml', 'three'],
        ['no-extension', '1 2 3\n4 5 6'],
        ['model.pt', 'four'],
      ])
      expect(leftOut).toEqual(['inner.zip', 'readme.md'])
      for (const [bytes, code] of [
        [zipFile({ 'readme.md': text('?') }), 'zip-no-input'],
        [zip.slice(0, -30), 'zip-truncated'],
        [text('hello'), 'file-not-mel-or-audio'],
        [text('7z\xbc\xaf'), 'file-not-mel-or-audio'],
      ] as const) {
        await expect(analysis.unpack(fileOf('bad.zip', bytes))).rejects.toMatchObject({
          problem: { code, file: 'bad.zip', remedy: expect.any(String) },
        })
      }
    })

    test('corrections apply to a mel that leaves a question open, or that is recognised as the corrected one was', async () => {
      const target = convention
      const open = async (values: Float32Array<ArrayBuffer>, corrected?: OpenInput['corrected']) => {
        const input = { ...fileOf('square.npy', writeNpy(values, [80, 80])), target, corrected }
        const opened = await analysis.open(input)
        if (opened.kind !== 'mel') throw new Error(opened.kind)
        return opened
      }
      // Values that are the same along both axes cannot tell which of the two holds the bands.
      const undecided = Float32Array.from({ length: 6400 }, (_, i) => -(((i % 80) + Math.floor(i / 80)) % 9))
      const asItIs = await open(undecided)
      expect(asItIs.report.question).toBeDefined()
      expect(asItIs.mel).toBeUndefined()
      const override = { bandAxis: 1 as const }
      const answered = await open(undecided, { override, recognised: asItIs.report.reading })
      expect(answered.report.reading.bandAxis).toBe(1)
      expect(answered.mel).toMatchObject({ frames: 80, bands: 80 })
      const decided = Float32Array.from({ length: 6400 }, (_, i) => -(Math.floor(i / 80) % 9))
      const { reading } = (await open(decided)).report
      expect(reading.bandAxis).toBe(0)
      const unlike = { ...reading, convention: { ...reading.convention, hopSamples: 1 } }
      expect((await open(decided, { override, recognised: unlike })).report.reading.bandAxis).toBe(0)
      expect((await open(decided, { override, recognised: reading })).report.reading.bandAxis).toBe(1)
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
  })
}
