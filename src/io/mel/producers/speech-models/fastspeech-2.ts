/** FastSpeech 2 (ming024/FastSpeech2, preprocess.yaml), with the STFT of Tacotron 2. */
import type { ProducerProfile } from '../profile.ts'
import { tacotron2 } from './tacotron-2.ts'

export const fastSpeech2: ProducerProfile = {
  ...tacotron2,
  name: 'FastSpeech 2',
  isItsConfig: ({ settings, sections }) => sections.has('preprocessing') && settings.has('filter_length'),
}
