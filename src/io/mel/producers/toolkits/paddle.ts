/** PaddleSpeech (conf/default.yaml) and ESPnet 1, which share their names and their features. */

import { espnetConvention, log10, type ProducerProfile, plainOrNormalised } from '../profile.ts'
import { librosa } from './librosa.ts'

export const paddle: ProducerProfile = {
  name: 'PaddleSpeech',
  isItsConfig: ({ settings }) => settings.has('n_shift'),
  keys: { ...librosa.keys, sampleRateHz: ['fs', 'sr'], hopSamples: ['n_shift'] },
  published: espnetConvention,
  framing: 'centred',
  values: plainOrNormalised(log10.magnitude),
}
