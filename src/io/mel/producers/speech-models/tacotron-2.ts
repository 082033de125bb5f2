/** Tacotron 2, WaveGlow (NVIDIA) and VITS, whose STFT is centred: one frame more than HiFi-GAN's, half a hop earlier. */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { ln, type ProducerProfile } from '../profile.ts'

export const tacotron2: ProducerProfile = {
  name: 'Tacotron 2',
  isItsConfig: ({ settings }) => settings.has('filter_length'),
  keys: {
    sampleRateHz: ['sampling_rate'],
    fftSize: ['filter_length'],
    hopSamples: ['hop_length'],
    windowSamples: ['win_length'],
    bands: ['n_mel_channels'],
    lowHz: ['mel_fmin'],
    highHz: ['mel_fmax'],
  },
  published: { ...hifiGanConvention, magnitudeEpsilon: 0 },
  framing: 'centred',
  values: [ln.magnitude],
  // VITS keeps these names, and pads as HiFi-GAN does.
  details: ({ settings }) => (settings.has('inter_channels') ? { framing: 'padded' } : {}),
}
