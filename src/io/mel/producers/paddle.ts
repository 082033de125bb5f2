/** PaddleSpeech (conf/default.yaml) and ESPnet 1, which share their names and their features. */
import { espnetConvention, log10OfMagnitude, normalised, type ProducerProfile } from './profile.ts'

export const paddle: ProducerProfile = {
  name: 'PaddleSpeech',
  isItsConfig: ({ settings }) => settings.has('n_shift'),
  keys: {
    sampleRateHz: ['fs', 'sr'],
    fftSize: ['n_fft'],
    hopSamples: ['n_shift'],
    windowSamples: ['win_length'],
    bands: ['n_mels'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
  },
  published: espnetConvention,
  framing: 'centred',
  values: [log10OfMagnitude, normalised(log10OfMagnitude)],
}
