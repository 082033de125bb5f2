/** The `config.json` of this page's own models, and settings written in its words. */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { ln, log10, type ProducerProfile } from '../profile.ts'

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
  values: [ln.magnitude],
  details({ settings }) {
    const [scale, norm] = [settings.get('scale'), settings.get('norm')]
    return {
      values: [settings.get('log') === 'log10' ? log10.magnitude : ln.magnitude],
      ...(scale === 'htk' && { scale }),
      ...(norm === 'none' && { norm }),
    }
  },
}
