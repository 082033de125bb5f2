/** Reads recordings. The worker of the analysis fetches this part when the first one is opened. */
import { decodeAiff, refuseLongAiff } from '../io/aiff/aiff-reader.ts'
import { probeContainer } from '../io/audio-containers/probe.ts'
import type { AudioFormat } from '../io/identify.ts'
import type { PcmOptions } from '../io/pcm/pcm-audio.ts'
import { decodeWav, refuseLongWav } from '../io/wav/wav-reader.ts'
import type { EncodedAudio, Recording } from './analysis.ts'

export type AudioContent = { readonly kind: 'audio'; readonly recording: Recording } | EncodedAudio

/** Refuses with `audio-too-long` by the first bytes of a file of `fileBytes`, if they tell its length. */
export function refuseLongAudio(
  format: AudioFormat,
  head: Uint8Array<ArrayBuffer>,
  fileBytes: number,
  name: string,
): void {
  if (format === 'wav') refuseLongWav(head, fileBytes, name)
  if (format === 'aiff') refuseLongAiff(head, fileBytes, name)
}

/** Decodes WAV and AIFF; of all others it reads the headers. Refuses with the problems of the format. */
export function readAudio(
  format: AudioFormat,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  options: PcmOptions,
): AudioContent {
  if (format === 'wav') return { kind: 'audio', recording: decodeWav(bytes, name, options) }
  if (format === 'aiff') return { kind: 'audio', recording: decodeAiff(bytes, name, options) }
  return { kind: 'encoded-audio', container: probeContainer(bytes) }
}
