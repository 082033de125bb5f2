/**
 * SV2TTS (CorentinJ/Real-Time-Voice-Cloning, synthesizer/hparams.py) and Rayhane's Tacotron 2: decibels scaled to -4..4,
 * after pre-emphasis.
 */
import { decibelsStoredAs, hifiGanConvention, type ProducerProfile } from './profile.ts'

export const sv2tts: ProducerProfile = {
  name: 'SV2TTS',
  isItsConfig: ({ settings }) => settings.has('symmetric_mels') || settings.has('max_abs_value'),
  keys: {
    sampleRateHz: ['sample_rate'],
    fftSize: ['n_fft'],
    hopSamples: ['hop_size'],
    windowSamples: ['win_size'],
    bands: ['num_mels'],
    lowHz: ['fmin'],
    highHz: ['fmax'],
  },
  published: {
    ...hifiGanConvention,
    sampleRateHz: 16_000,
    fftSize: 800,
    hopSamples: 200,
    windowSamples: 800,
    lowHz: 55,
    highHz: 7600,
    magnitudeEpsilon: 0,
  },
  framing: 'centred',
  preEmphasis: 0.97,
  values: [decibelsStoredAs([-4, 4], [-80, 20])],
  details({ settings }) {
    const number = (key: string, otherwise: number) => {
      const value = settings.get(key)
      return typeof value === 'number' ? value : otherwise
    }
    const [lowest, reference, bound] = [
      number('min_level_db', -100),
      number('ref_level_db', 20),
      number('max_abs_value', 4),
    ]
    const stored = [settings.get('symmetric_mels') === false ? 0 : -bound, bound] as const
    return {
      values: [decibelsStoredAs(stored, [reference + lowest, reference])],
      preEmphasis: settings.get('preemphasize') === false ? 0 : number('preemphasis', 0.97),
    }
  },
}
