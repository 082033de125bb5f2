import { expect, test } from 'vitest'
import { problemOf } from '../testing/problem-of.ts'
import { readProducerConfig } from './producer-config.ts'

/** Shared by HiFi-GAN and FastSpeech 2. */
const published = {
  sampleRateHz: 22050,
  fftSize: 1024,
  hopSamples: 256,
  windowSamples: 1024,
  bands: 80,
  lowHz: 0,
  highHz: 8000,
}

test.each([
  [
    'HiFi-GAN',
    '{"resblock": "1", "num_mels": 80, "n_fft": 1024, "hop_size": 256, "win_size": 1024, "sampling_rate": 22050, ' +
      '"fmin": 0, "fmax": 8000, "fmax_for_loss": null}',
    { convention: published },
  ],
  [
    'FastSpeech 2',
    `preprocessing:
  val_size: 512
  audio:
    sampling_rate: 22050
    max_wav_value: 32768.0
  stft:
    filter_length: 1024
    hop_length: 256
    win_length: 1024
  mel:
    n_mel_channels: 80
    mel_fmin: 0
    mel_fmax: 8000 # please set to 8000 for HiFi-GAN vocoder, set to null for MelGAN vocoder`,
    { convention: published },
  ],
  [
    'ESPnet 2',
    'feats_extract_conf:\r\n    fs: 24k\r\n    n_fft: 2048\r\n    win_length: null\r\n    fmin: 80\r\n    fmax: null\r\n    log_base: 10.0\r\n',
    {
      convention: { sampleRateHz: 24000, fftSize: 2048, windowSamples: 2048, lowHz: 80, highHz: 12000 },
      values: 'log10',
    },
  ],
  [
    'coqui TTS, scaled',
    '{"audio": {"num_mels": 80, "spec_gain": 20, "log_func": "np.log10", "signal_norm": true, "symmetric_norm": true, ' +
      '"max_norm": 4.0, "min_level_db": -100, "ref_level_db": 0, "stats_path": null}}',
    { convention: { bands: 80 }, values: 'symmetric-4', decibelRange: [-100, 0] },
  ],
  [
    'coqui TTS, natural logarithm',
    '{"audio": {"spec_gain": 1.0, "log_func": "np.log", "signal_norm": false}}',
    { convention: {}, values: 'ln' },
  ],
  [
    'coqui TTS, mean and variance',
    '{"audio": {"signal_norm": true, "stats_path": "scale_stats.npy"}}',
    { convention: {}, values: 'normalised' },
  ],
  [
    'this page',
    '{"mel": {"sample_rate_hz": 22050, "scale": "htk", "norm": "none", "log": "log10", "floor": 1e-10}}',
    { convention: { sampleRateHz: 22050, scale: 'htk', norm: 'none', floor: 1e-10 }, values: 'log10' },
  ],
  [
    'statistics',
    'mean: [-1.5, -2]\nstd: [1, 0.5]\nlog_base: null',
    { convention: {}, values: 'normalised', statistics: { mean: [-1.5, -2], deviation: [1, 0.5], of: 'ln' } },
  ],
  ['torchaudio', "mel_scale: 'htk'\nn_mels: 80", { convention: { scale: 'htk', bands: 80 } }],
])('reads the configuration of %s', (_, text, expected) => {
  expect(readProducerConfig(text)).toEqual(expected)
})

test('the first of equal keys counts, and lines that are not settings are skipped', () => {
  const text = 'a: &anchor {x: 1}\n- fs: 16_000\nfs: 8000\n  # fmin: 3\nfmin: "50"\nfmax: .5e4\nlist:\n  - 1'
  const problem = problemOf(() => readProducerConfig(text))
  expect(problem).toMatchObject({ code: 'config-value', found: 'fmin: "50"' })
  expect(readProducerConfig(text.replace('"50"', '50'))).toEqual({
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
])('a long line is gone through once: %s', (_, line, code) => {
  expect(problemOf(() => readProducerConfig(line)).code).toBe(code)
})
