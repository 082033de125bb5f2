/** Measures a part of audio: its loudness and spectrogram. */

import { blockPowers } from '../dsp/signals/loudness.ts'
import type { SignalPart } from '../dsp/signals/signal-part.ts'
import { levelsOfPart } from '../dsp/spectra/level-spectrogram.ts'
import { peakLevelDb } from '../dsp/spectra/spectrogram.ts'

/** A part of audio and the layout of the whole's spectrogram. */
export type AudioPart = {
  readonly part: SignalPart
  readonly sampleRateHz: number
  readonly hopFactor: number
}

export type PartLevels = {
  /** The levels of the spectrogram's frames in the part. */
  readonly levelsDb: Float32Array<ArrayBuffer>
  readonly peakDb: number
  /** See `blockPowers`. */
  readonly powers: readonly number[]
}

export function measurePart({ part, sampleRateHz, hopFactor }: AudioPart): PartLevels {
  const levelsDb = levelsOfPart(part, sampleRateHz, hopFactor)
  return { levelsDb, peakDb: peakLevelDb({ levelsDb }), powers: blockPowers(part, sampleRateHz) }
}
