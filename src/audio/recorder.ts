/** Records the microphone as it is: raw samples, the browser's processing off, because processing is what one would hear. */
import type { Clip } from './clip-library.ts'

export type RecordingProgress = {
  readonly elapsedSeconds: number
  /** Largest magnitude of the last few milliseconds, 0..1. */
  readonly peak: number
}

export interface Recording {
  /**
   * The clip, at the microphone's own rate, once `stop` was called or the longest length is reached. Rejects with a
   * ProblemError (`microphone-unplugged`, `microphone-silent`), or with an AbortError after `cancel`.
   */
  readonly finished: Promise<Clip>
  /** Ends the recording and keeps it. */
  stop(): void
  /** Ends the recording and drops it. */
  cancel(): void
}

export type RecordingOptions = {
  /** 60 where none is given. */
  readonly maxSeconds?: number
  readonly onProgress?: (progress: RecordingProgress) => void
}

/**
 * Asks for the microphone, which may take as long as the user takes, and starts. Rejects with a ProblemError:
 * `microphone-denied`, `microphone-absent`, `microphone-busy`, `microphone-insecure-page`.
 */
export type StartRecording = (options?: RecordingOptions) => Promise<Recording>
