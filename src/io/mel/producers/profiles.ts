/**
 * All producers. A configuration belongs to the first profile that recognises it, so the more specific ones come first.
 */
import { autoVc } from './autovc.ts'
import { bigVgan } from './bigvgan.ts'
import { coqui } from './coqui.ts'
import { diffSinger } from './diffsinger.ts'
import { espnet } from './espnet.ts'
import { f5 } from './f5.ts'
import { fastSpeech2 } from './fastspeech-2.ts'
import { hifiGan } from './hifi-gan.ts'
import { ivanvovk } from './ivanvovk.ts'
import { librosa } from './librosa.ts'
import { lmnt } from './lmnt.ts'
import { matcha } from './matcha.ts'
import { nemo } from './nemo.ts'
import { paddle } from './paddle.ts'
import { parallelWaveGan } from './parallel-wavegan.ts'
import type { ProducerProfile } from './profile.ts'
import { speechT5 } from './speecht5.ts'
import { styleTts } from './styletts.ts'
import { sv2tts } from './sv2tts.ts'
import { tacotron2 } from './tacotron-2.ts'
import { thisPage } from './this-page.ts'
import { torchaudio } from './torchaudio.ts'
import { vocos } from './vocos.ts'
import { whisper } from './whisper.ts'

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
