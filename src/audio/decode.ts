/** Audio files other than WAV, through the browser's decoder, at their own rate. */
import type { Clip } from './clip-library.ts'

/**
 * First channel of `file`. Rejects with a ProblemError: `audio-no-track`, `audio-cut-short`, `audio-too-long` (over 10
 * minutes), `audio-not-decodable`.
 */
export type DecodeAudio = (file: {
  readonly name: string
  readonly bytes: Uint8Array<ArrayBuffer>
}) => Promise<Clip>
