/** torchaudio.transforms.MelSpectrogram, whose defaults are power, the HTK scale and filters of height 1. */
import { decibels, linear, ln, log10, type ProducerProfile, torchaudioAt24kHz } from '../profile.ts'

export const torchaudio: ProducerProfile = {
  name: 'torchaudio',
  isItsConfig: ({ settings }) =>
    /torchaudio/.test(`${settings.get('_target_')} ${settings.get('class_path')}`) ||
    settings.has('mel_scale') ||
    (settings.has('f_min') && settings.has('n_mels')) ||
    (settings.has('f_max') && settings.has('n_mels')),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_length'],
    windowSamples: ['win_length'],
    bands: ['n_mels'],
    lowHz: ['f_min'],
    highHz: ['f_max'],
  },
  published: {
    ...torchaudioAt24kHz,
    sampleRateHz: 16_000,
    bands: 80,
    highHz: 8000,
    floor: 1e-10,
  },
  framing: 'centred',
  values: [ln.power, log10.power, decibels.power, linear.power],
  details({ settings }) {
    const scale = settings.get('mel_scale')
    return {
      ...(settings.get('power') === 1 && { values: [ln.magnitude, log10.magnitude, linear.magnitude] }),
      ...(scale === 'slaney' && { scale }),
      ...(settings.get('norm') === 'slaney' && { norm: 'slaney' }),
      ...(settings.get('center') === false && { framing: 'unpadded' }),
    }
  },
}
