/** HiFi-GAN (jik876/hifi-gan, config_v1.json), whose settings and scale most later vocoders kept. */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { ln, type ProducerProfile } from '../profile.ts'

export const hifiGan: ProducerProfile = {
  name: 'HiFi-GAN',
  isItsConfig: ({ settings }) => settings.has('resblock') || settings.has('fmax_for_loss'),
  keys: {
    sampleRateHz: ['sampling_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_size'],
    windowSamples: ['win_size'],
    bands: ['num_mels'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
  },
  published: hifiGanConvention,
  framing: 'padded',
  values: [ln.magnitude],
}
