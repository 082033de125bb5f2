/** librosa.feature.melspectrogram, whose defaults are power, FFT 2048 and hop 512. */
import {
  decibelsOfPower,
  hifiGanConvention,
  linearMagnitude,
  linearPower,
  lnOfMagnitude,
  lnOfPower,
  log10OfPower,
  type ProducerProfile,
} from './profile.ts'

export const librosa: ProducerProfile = {
  name: 'librosa',
  isItsConfig: ({ settings }) => settings.has('sr') && settings.has('n_mels'),
  keys: {
    sampleRateHz: ['sr'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    windowSamples: ['win_length'],
    bands: ['n_mels'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
  },
  published: {
    ...hifiGanConvention,
    fftSize: 2048,
    hopSamples: 512,
    windowSamples: 2048,
    bands: 128,
    highHz: 11_025,
    magnitudeEpsilon: 0,
    floor: 1e-10,
  },
  defaults: { fftSize: 2048, hopSamples: 512 },
  framing: 'centred',
  values: [decibelsOfPower, lnOfPower, log10OfPower, linearPower],
  details({ settings }) {
    return {
      ...(settings.get('power') === 1 && { values: [decibelsOfPower, lnOfMagnitude, linearMagnitude] }),
      ...(settings.get('htk') === true && { scale: 'htk' }),
      ...(settings.get('norm') === null && { norm: 'none' }),
      ...(settings.get('center') === false && { framing: 'unpadded' }),
    }
  },
}
