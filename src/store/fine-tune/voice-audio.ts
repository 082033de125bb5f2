/** Reads a training recording from a file of any kind. */

import type { Recording } from '../../analysis/analysis.ts'
import { type Problem, ProblemError } from '../../base/problem.ts'
import type { NamedBlob } from '../file-bytes.ts'
import { readAudioFile } from '../open-file.ts'
import type { Services } from '../services.ts'

function noRecording(name: string): Problem {
  return {
    code: 'voice-not-audio',
    message: `${name} is a mel spectrogram, from which no model can learn what a voice sounds like.`,
    accepted: 'recordings: WAV, AIFF, FLAC, MP3, Ogg, M4A',
    remedy: 'Add the recordings that it was made from.',
    file: name,
  }
}

/** Reads a recording at the file's own rate. Rejects with the file's problem; for a mel with `voice-not-audio`. */
export async function openVoiceAudio(
  services: Pick<Services, 'analysis' | 'decodeAudio'>,
  file: NamedBlob,
): Promise<Recording> {
  const recording = await readAudioFile(services, file)
  if (!recording) throw new ProblemError(noRecording(file.name))
  return recording
}
