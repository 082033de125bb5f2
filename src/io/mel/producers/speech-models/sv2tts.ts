/**
 * SV2TTS (CorentinJ/Real-Time-Voice-Cloning, synthesizer/hparams.py) and Rayhane's Tacotron 2: decibels scaled to -4..4,
 * after pre-emphasis.
 */

import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import type { MelValues } from '../../mel-reading.ts'
import type { ConfigText } from '../config-text.ts'
import { decibelsStoredAs, numberOr, type ProducerProfile } from '../profile.ts'
import { hifiGan } from '../vocoders/hifi-gan.ts'

/**
 * The scale of Rayhane's Tacotron 2, which coqui TTS kept: decibels up to `ref_level_db`, over a range of `min_level_db`,
 * stored as -bound..bound or, if that is not symmetric, as 0..bound. `keys` are the names of the two latter settings.
 */
export function boundedDecibels(
  config: ConfigText,
  keys: { readonly bound: string; readonly symmetric: string },
): MelValues {
  const reference = numberOr(config, 'ref_level_db', 20)
  const bound = numberOr(config, keys.bound, 4)
  const lowest = config.settings.get(keys.symmetric) === false ? 0 : -bound
  const levels = [reference + numberOr(config, 'min_level_db', -100), reference] as const
  return decibelsStoredAs([lowest, bound], levels)
}

export const sv2tts: ProducerProfile = {
  name: 'SV2TTS',
  isItsConfig: ({ settings }) => settings.has('symmetric_mels') || settings.has('max_abs_value'),
  keys: { ...hifiGan.keys, sampleRateHz: ['sample_rate'] },
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
  details(config) {
    const emphasizes = config.settings.get('preemphasize') !== false
    return {
      values: [boundedDecibels(config, { bound: 'max_abs_value', symmetric: 'symmetric_mels' })],
      preEmphasis: emphasizes ? numberOr(config, 'preemphasis', 0.97) : 0,
    }
  },
}
