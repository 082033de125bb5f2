import { expect, test } from 'vitest'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import { problemOf } from '../../testing/problem-of.ts'
import { producerConfigs } from '../../testing/producer-configs.ts'
import { readProducerConfig } from './producer-config.ts'
import { ln } from './profile.ts'

const at = (convention: Partial<MelConvention>) => ({ convention: expect.objectContaining(convention) })

test.each<[string, string | undefined, Partial<MelConvention>]>([
  ['hifi-gan', 'HiFi-GAN', { highHz: 8000, hopSamples: 256 }],
  ['tacotron-2', 'Tacotron 2', { bands: 80, highHz: 8000, fftSize: 1024 }],
  ['matcha', 'Matcha-TTS', { bands: 80, sampleRateHz: 22_050 }],
  ['bigvgan', 'BigVGAN', { sampleRateHz: 44_100, bands: 128, highHz: 22_050 }],
  ['vocos', 'Vocos', { bands: 100, scale: 'htk', norm: 'none', windowSamples: 1024, highHz: 12_000 }],
  ['f5', 'F5-TTS', { sampleRateHz: 24_000, bands: 100, scale: 'htk', highHz: 12_000 }],
  ['nemo', 'NeMo', { hopSamples: 512, windowSamples: 2048, bands: 80, lowHz: 0, highHz: 22_050 }],
  ['diffsinger', 'DiffSinger', { bands: 128, sampleRateHz: 44_100, lowHz: 40, highHz: 16_000 }],
  ['speecht5', 'SpeechT5', { hopSamples: 256, windowSamples: 1024, fftSize: 1024, bands: 80, lowHz: 80 }],
  ['whisper', 'Whisper', { hopSamples: 160, windowSamples: 400, bands: 80, highHz: 8000 }],
  ['torchaudio', 'torchaudio', { scale: 'htk', norm: 'none', highHz: 8000, windowSamples: 1024 }],
  ['torchaudio-linear', 'torchaudio', { lowHz: 0, highHz: 8000 }],
  ['librosa', 'librosa', { hopSamples: 512, bands: 128, highHz: 11_025, scale: 'slaney' }],
  ['espnet', 'ESPnet', { sampleRateHz: 24_000, hopSamples: 300, windowSamples: 1200, highHz: 7600 }],
  ['parallel-wavegan', 'ParallelWaveGAN', { windowSamples: 1024, lowHz: 80, highHz: 7600 }],
  ['paddle', 'PaddleSpeech', { hopSamples: 300, windowSamples: 1200 }],
  ['coqui', 'coqui TTS', { fftSize: 1024, lowHz: 0, highHz: 8000 }],
  ['styletts', 'StyleTTS', { sampleRateHz: 24_000, hopSamples: 300, bands: 80, highHz: 8000 }],
  ['sv2tts', 'SV2TTS', { sampleRateHz: 16_000, hopSamples: 200, lowHz: 55, highHz: 7600 }],
  ['lmnt', 'WaveGrad by lmnt', { windowSamples: 1200, fftSize: 2048, lowHz: 20, highHz: 11_025, bands: 128 }],
  ['ivanvovk', 'WaveGrad by ivanvovk', { hopSamples: 300, lowHz: 80, scale: 'htk' }],
])('knows the configuration of %s', (id, name, convention) => {
  const read = readProducerConfig(producerConfigs[id])
  expect(read.producer?.name).toBe(name)
  expect(read).toMatchObject(at(convention))
  expect(read.notUnderstood).toBeUndefined()
})

const coqui = (audio: object) => readProducerConfig(JSON.stringify({ audio })).values
test("reads coqui's scales", () => {
  expect(coqui({ spec_gain: 1, log_func: 'np.log', signal_norm: false })).toEqual([ln.magnitude])
  expect(coqui({ spec_gain: 20, signal_norm: true, stats_path: 'scale_stats.npy' })).toEqual([
    { unit: 'db', of: 'magnitude', scaling: { kind: 'statistics' } },
  ])
  const range = { spec_gain: 20, signal_norm: true, min_level_db: -100, ref_level_db: 0, max_norm: 1 }
  expect(coqui({ ...range, symmetric_norm: false })).toEqual([
    {
      unit: 'db',
      of: 'magnitude',
      scaling: { kind: 'range', stored: [0, 1], levels: [-100, 0] },
    },
  ])
})

test('reads the settings of this page and of statistics', () => {
  const own =
    '{"mel": {"sample_rate_hz": 22050, "scale": "htk", "norm": "none", "log": "log10", "floor": 1e-10}}'
  expect(readProducerConfig(own)).toMatchObject({
    convention: { sampleRateHz: 22_050, scale: 'htk', norm: 'none', floor: 1e-10 },
    values: [{ unit: 'log10', of: 'magnitude' }],
  })
  expect(readProducerConfig('mean: [-1.5, -2]\nstd: [1, 0.5]\nlog_base: null')).toEqual({
    convention: {},
    values: [ln.magnitude],
    statistics: { mean: [-1.5, -2], deviation: [1, 0.5] },
  })
})

test('an unknown key that looks like a setting is named, unless the setting is known otherwise', () => {
  const unknown = (text: string) => readProducerConfig(text).notUnderstood?.map(({ text: said }) => said)
  expect(unknown('audio_rate_of_sampling: 1\nhop_in_frames: 12\nnum_mels: 80')).toEqual(['hop_in_frames: 12'])
  expect(unknown('hop_in_frames: 12\nhop_size: 256\nlearning_rate: 0.1')).toBeUndefined()
  expect(unknown('sampling_frequency: 16000\nmel_channels: 80\nlow_freq: 20\nhi: 3')).toEqual([
    'sampling_frequency: 16000',
    'mel_channels: 80',
    'low_freq: 20',
  ])
})

test('the first of equal keys counts, and lines that are not settings are skipped', () => {
  const text = 'a: &anchor {x: 1}\n- fs: 16_000\nfs: 8000\n  # fmin: 3\nfmin: "50"\nfmax: .5e4\nlist:\n  - 1'
  const problem = problemOf(() => readProducerConfig(text))
  expect(problem).toMatchObject({ code: 'config-value', found: 'fmin: "50"' })
  expect(readProducerConfig(text.replace('"50"', '50'))).toMatchObject({
    convention: { sampleRateHz: 16_000, lowHz: 50, highHz: 5000 },
  })
})

test.each([
  ['a hop of zero', 'config-value', 'hop_size: 0', /has an invalid hop_size/],
  ['half a band', 'config-value', '{"num_mels": 80.5}', /has an invalid num_mels/],
  ['an odd FFT', 'config-value', 'n_fft: 1023', /has an invalid n_fft/],
  ['a word for a number', 'config-value', 'fs: fast', /has an invalid fs/],
  ['nothing of use', 'config-empty', 'name: mel\nepochs: 3', /contains no settings of mel spectrograms/],
  ['nothing at all', 'config-empty', '', /contains no settings of mel spectrograms/],
  ['JSON that stops', 'json-truncated', '{"num_mels": 80', /in the middle of its JSON/],
])('refuses %s', (_, code, text, message) => {
  const problem = problemOf(() => readProducerConfig(text))
  expect(problem).toMatchObject({ code, file: "The producer's configuration" })
  expect(problem.message).toMatch(message)
})

// A pattern that backtracks would take some 10^11 steps, longer than any test may; these lines take milliseconds.
test.each([
  ['digits and underscores', `fs: ${'1_'.repeat(2e5)}x`, 'config-value'],
  ['spaces after a number', `fs: 1${' '.repeat(4e5)}x`, 'config-value'],
  ['dashes before a key', `${'- '.repeat(2e5)}fs: 0`, 'config-value'],
  ['spaces before no key', `${' '.repeat(4e5)}1`, 'config-empty'],
])('a long line is scanned once: %s', (_, line, code) => {
  expect(problemOf(() => readProducerConfig(line)).code).toBe(code)
})
