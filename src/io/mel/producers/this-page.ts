/** The `config.json` of this page's own models, and settings written in its words. */
import { hifiGanConvention, lnOfMagnitude, log10OfMagnitude, type ProducerProfile } from './profile.ts'

export const thisPage: ProducerProfile = {
  name: 'this page',
  isItsConfig: ({ settings }) => settings.has('sample_rate_hz'),
  keys: {
    sampleRateHz: ['sample_rate_hz'],
    fftSize: ['fft_size'],
    hopSamples: ['hop_samples'],
    windowSamples: ['window_samples'],
    bands: ['bands'],
    lowHz: ['low_hz'],
    highHz: ['high_hz'],
    magnitudeEpsilon: ['magnitude_epsilon'],
    floor: ['floor'],
  },
  published: hifiGanConvention,
  framing: 'padded',
  values: [lnOfMagnitude],
  details({ settings }) {
    const [scale, norm] = [settings.get('scale'), settings.get('norm')]
    return {
      values: [settings.get('log') === 'log10' ? log10OfMagnitude : lnOfMagnitude],
      ...(scale === 'htk' && { scale }),
      ...(norm === 'none' && { norm }),
    }
  },
}
