/**
 * coqui TTS (TTS/utils/audio/processor.py): spec_gain * log_func(magnitude) - ref_level_db, perhaps scaled from
 * min_level_db..0 to -max_norm..max_norm.
 */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { decibels, decibelsStoredAs, ln, normalised, type ProducerProfile } from '../profile.ts'
import { boundedDecibels } from '../speech-models/sv2tts.ts'

export const coqui: ProducerProfile = {
  name: 'coqui TTS',
  isItsConfig: ({ settings }) =>
    settings.has('spec_gain') || settings.has('do_trim_silence') || settings.has('signal_norm'),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['fft_size'],
    hopSamples: ['hop_length', { key: 'frame_shift_ms', unit: 'milliseconds' }],
    windowSamples: ['win_length', { key: 'frame_length_ms', unit: 'milliseconds' }],
    bands: ['num_mels'],
    lowHz: ['mel_fmin'],
    highHz: ['mel_fmax'],
  },
  published: { ...hifiGanConvention, magnitudeEpsilon: 0 },
  framing: 'centred',
  values: [decibelsStoredAs([-4, 4], [-80, 20]), ln.magnitude],
  details(config) {
    const { settings } = config
    const preEmphasis = settings.get('preemphasis')
    const isNatural = settings.get('log_func') === 'np.log' && settings.get('spec_gain') === 1
    const plain = isNatural ? ln.magnitude : decibels.magnitude
    const emphasis = typeof preEmphasis === 'number' && { preEmphasis }
    if (settings.get('signal_norm') !== true) return { values: [plain], ...emphasis }
    if (typeof settings.get('stats_path') === 'string') return { values: [normalised(plain)], ...emphasis }
    return {
      values: [boundedDecibels(config, { bound: 'max_norm', symmetric: 'symmetric_norm' })],
      ...emphasis,
    }
  },
}
