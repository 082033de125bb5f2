/** ParallelWaveGAN (kan-bayashi/ParallelWaveGAN, conf/*.yaml): base 10 of magnitudes; `norm/` holds them normalised. */
import {
  espnetConvention,
  lnOfMagnitude,
  log10OfMagnitude,
  normalised,
  type ProducerProfile,
} from './profile.ts'

export const parallelWaveGan: ProducerProfile = {
  name: 'ParallelWaveGAN',
  isItsConfig: ({ settings }) =>
    settings.has('global_gain_scale') ||
    settings.has('trim_silence') ||
    (settings.has('fft_size') && settings.has('hop_size') && settings.has('num_mels')),
  keys: {
    sampleRateHz: ['sampling_rate'],
    fftSize: ['fft_size'],
    hopSamples: ['hop_size'],
    windowSamples: ['win_length'],
    bands: ['num_mels'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
  },
  published: espnetConvention,
  framing: 'centred',
  values: [log10OfMagnitude, normalised(log10OfMagnitude)],
  details({ settings }) {
    if (settings.get('log_base') !== null) return {}
    return { values: [lnOfMagnitude, normalised(lnOfMagnitude)] }
  },
}
