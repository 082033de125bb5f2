/** How a mel file is read: what was recognised, what the user may override, and what the page tells of it. */
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'

/**
 * The scale of stored values. `lmnt` is dB in [0, 1], of magnitudes divided by the window's norm; `symmetric-4` is dB in
 * [-4, 4]; `normalised` is a logarithm less its mean, over its deviation, per band.
 */
export type MelValues = 'ln' | 'log10' | 'log10-power' | 'db' | 'lmnt' | 'symmetric-4' | 'normalised'

/** Per-band mean and deviation of logarithms of base `of`; where that is absent, their range tells it. */
export type MelStatistics = {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  readonly of?: 'ln' | 'log10'
}

/** How the numbers in a mel file are to be read; every field can be overridden by the user. */
export type MelReading = {
  /** Which axis of the array, axes of length one dropped, holds the bands. */
  readonly bandAxis: 0 | 1
  readonly values: MelValues
  /** Analysis settings that an array cannot show; the model's own unless a producer's config says otherwise. */
  readonly convention: MelConvention
  /** For `normalised` values. */
  readonly statistics?: MelStatistics
  /** For `lmnt` and `symmetric-4`: the dB at the lower and the upper end; -80 and 20 where absent. */
  readonly decibelRange?: readonly [lowDb: number, highDb: number]
}

export type MelFileReport = {
  /** For people, to follow "read as": "natural logarithm (Tacotron 2, HiFi-GAN): floor 1e-5". */
  readonly recognisedAs: string
  readonly reading: MelReading
  /** What was taken for granted because the file cannot show it, as sentences. */
  readonly assumed: readonly string[]
  /** Whether the values were taken as they are, converted by exact algebra, or approximated through another filterbank. */
  readonly conversion: 'none' | 'exact' | 'approximate'
  /** A sentence on what the conversion did; empty for 'none'. */
  readonly conversionNote: string
  /** What the user should know before synthesis: values outside the training range, and the like. */
  readonly warnings: readonly string[]
  /** A question that must be answered before the mel can be used (axis, statistics), else absent. */
  readonly question?: string
  /** Shape as stored. */
  readonly shape: readonly number[]
}

/** `mel` is in the convention asked for; present whenever `report.question` is absent. */
export type OpenedMel = { readonly mel?: MelSpectrogram; readonly report: MelFileReport }
