/** SpeechT5 (Hugging Face, preprocessor_config.json), whose hop and window are in milliseconds. */
import { espnetConvention, log10, nextPowerOfTwo, numberOr, type ProducerProfile } from '../profile.ts'

export const speechT5: ProducerProfile = {
  name: 'SpeechT5',
  isItsConfig: ({ settings }) => /SpeechT5/.test(String(settings.get('feature_extractor_type'))),
  keys: {
    sampleRateHz: ['sampling_rate'],
    hopSamples: [{ key: 'hop_length', unit: 'milliseconds' }],
    windowSamples: [{ key: 'win_length', unit: 'milliseconds' }],
    bands: ['num_mel_bins'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
    floor: ['mel_floor'],
  },
  published: {
    ...espnetConvention,
    sampleRateHz: 16_000,
    fftSize: 1024,
    hopSamples: 256,
    windowSamples: 1024,
  },
  defaults: {
    sampleRateHz: 16_000,
    hopSamples: 256,
    windowSamples: 1024,
    bands: 80,
    lowHz: 80,
    highHz: 7600,
  },
  framing: 'centred',
  values: [log10.magnitude],
  // It does not state its FFT, which is the next power of two of its window.
  details(config) {
    const windowSeconds = numberOr(config, 'win_length', 64) / 1000
    return {
      defaults: { fftSize: nextPowerOfTwo(windowSeconds * numberOr(config, 'sampling_rate', 16_000)) },
    }
  },
}
