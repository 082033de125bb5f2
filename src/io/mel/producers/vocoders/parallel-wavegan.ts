/** ParallelWaveGAN (kan-bayashi/ParallelWaveGAN, conf/*.yaml): log10 of magnitudes; `norm/` holds them normalised. */

import { espnetConvention, ln, log10, type ProducerProfile, plainOrNormalised } from '../profile.ts'
import { hifiGan } from './hifi-gan.ts'

export const parallelWaveGan: ProducerProfile = {
  name: 'ParallelWaveGAN',
  isItsConfig: ({ settings }) =>
    settings.has('global_gain_scale') ||
    settings.has('trim_silence') ||
    (settings.has('fft_size') && settings.has('hop_size') && settings.has('num_mels')),
  keys: { ...hifiGan.keys, fftSize: ['fft_size'], windowSamples: ['win_length'] },
  published: espnetConvention,
  framing: 'centred',
  values: plainOrNormalised(log10.magnitude),
  details: ({ settings }) =>
    settings.get('log_base') === null ? { values: plainOrNormalised(ln.magnitude) } : {},
}
