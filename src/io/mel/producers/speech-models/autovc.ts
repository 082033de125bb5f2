/**
 * AutoVC and SpeechSplit (auspicious3000, make_spect.py), which have no configuration; they store decibels scaled to
 * 0..1.
 */
import { hifiGanConvention } from '../../../../dsp/mel/hifi-gan-convention.ts'
import { decibelsStoredAs, type ProducerProfile } from '../profile.ts'

export const autoVc: ProducerProfile = {
  name: 'AutoVC',
  isItsConfig: () => false,
  keys: {},
  published: {
    ...hifiGanConvention,
    sampleRateHz: 16_000,
    lowHz: 90,
    highHz: 7600,
    magnitudeEpsilon: 0,
  },
  framing: 'centred',
  values: [decibelsStoredAs([0, 1], [-84, 16])],
}
