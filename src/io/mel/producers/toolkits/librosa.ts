/** librosa.feature.melspectrogram, whose defaults are power, FFT 2048 and hop 512. */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { decibels, linear, ln, log10, type ProducerProfile, type ProfileKeys } from '../profile.ts'

/** The arguments of librosa.feature.melspectrogram, without the range of its bands. */
export const librosaSizes: ProfileKeys = {
  sampleRateHz: ['sr'],
  fftSize: ['n_fft'],
  hopSamples: ['hop_length'],
  windowSamples: ['win_length'],
  bands: ['n_mels'],
}

export const librosa: ProducerProfile = {
  name: 'librosa',
  isItsConfig: ({ settings }) => settings.has('sr') && settings.has('n_mels'),
  keys: { ...librosaSizes, lowHz: ['fmin'], highHz: ['fmax'] },
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
  values: [decibels.power, ln.power, log10.power, linear.power],
  details({ settings }) {
    return {
      ...(settings.get('power') === 1 && { values: [decibels.power, ln.magnitude, linear.magnitude] }),
      ...(settings.get('htk') === true && { scale: 'htk' }),
      ...(settings.get('norm') === null && { norm: 'none' }),
      ...(settings.get('center') === false && { framing: 'unpadded' }),
    }
  },
}
