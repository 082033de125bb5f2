/**
 * NeMo (NVIDIA/NeMo, AudioToMelSpectrogramPreprocessor). Its defaults are those of speech recognition: power, with
 * pre-emphasis, each band normalised per recording; the configurations of speech synthesis say otherwise.
 */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { ln, normalised, type ProducerProfile } from '../profile.ts'

export const nemo: ProducerProfile = {
  name: 'NeMo',
  isItsConfig: ({ settings }) =>
    ['n_window_size', 'n_window_stride', 'window_stride', 'highfreq', 'lowfreq'].some((key) =>
      settings.has(key),
    ) || /AudioToMelSpectrogramPreprocessor/.test(String(settings.get('_target_'))),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['n_window_stride', { key: 'window_stride', unit: 'seconds' }],
    windowSamples: ['n_window_size', { key: 'window_size', unit: 'seconds' }],
    bands: ['n_mel_channels', 'features', 'nfilt'],
    lowHz: ['lowfreq'],
    highHz: ['highfreq'],
  },
  published: { ...hifiGanConvention, magnitudeEpsilon: 0 },
  framing: 'centred',
  values: [ln.magnitude],
  details({ settings }) {
    const power = settings.get('mag_power')
    // Without the section of the preprocessor the configuration is that of a speech synthesiser, of magnitudes.
    const isFull = settings.has('mag_power') || settings.has('normalize')
    const values = power === 1 || (power === undefined && !isFull) ? ln.magnitude : ln.power
    const perFeature = settings.get('normalize')
    const preEmphasis = settings.get('preemph')
    return {
      values: [typeof perFeature === 'string' && perFeature !== 'NA' ? normalised(values) : values],
      ...(typeof preEmphasis === 'number' && { preEmphasis }),
      ...(settings.get('mel_norm') === null && { norm: 'none' }),
    }
  },
}
