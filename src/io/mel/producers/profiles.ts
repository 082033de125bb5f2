/**
 * All producers. A configuration belongs to the first profile that recognises it, so the more specific ones come first.
 */

import type { ProducerProfile } from './profile.ts'
import { autoVc } from './speech-models/autovc.ts'
import { diffSinger } from './speech-models/diffsinger.ts'
import { f5 } from './speech-models/f5.ts'
import { fastSpeech2 } from './speech-models/fastspeech-2.ts'
import { matcha } from './speech-models/matcha.ts'
import { speechT5 } from './speech-models/speecht5.ts'
import { styleTts } from './speech-models/styletts.ts'
import { sv2tts } from './speech-models/sv2tts.ts'
import { tacotron2 } from './speech-models/tacotron-2.ts'
import { whisper } from './speech-models/whisper.ts'
import { coqui } from './toolkits/coqui.ts'
import { espnet } from './toolkits/espnet.ts'
import { librosa } from './toolkits/librosa.ts'
import { nemo } from './toolkits/nemo.ts'
import { paddle } from './toolkits/paddle.ts'
import { torchaudio } from './toolkits/torchaudio.ts'
import { bigVgan } from './vocoders/bigvgan.ts'
import { hifiGan } from './vocoders/hifi-gan.ts'
import { ivanvovk } from './vocoders/ivanvovk.ts'
import { lmnt } from './vocoders/lmnt.ts'
import { parallelWaveGan } from './vocoders/parallel-wavegan.ts'
import { thisPage } from './vocoders/this-page.ts'
import { vocos } from './vocoders/vocos.ts'

export const producerProfiles: readonly ProducerProfile[] = [
  thisPage,
  vocos,
  f5,
  speechT5,
  whisper,
  diffSinger,
  styleTts,
  lmnt,
  ivanvovk,
  sv2tts,
  espnet,
  paddle,
  bigVgan,
  hifiGan,
  fastSpeech2,
  tacotron2,
  matcha,
  nemo,
  coqui,
  parallelWaveGan,
  librosa,
  torchaudio,
  autoVc,
]
