/** The interpretation of a mel file: what was recognised, what the user may override, and the report for the page. */
import type { MelConvention, MelSpectrogram } from '../../dsp/mel-spectrogram.ts'

/**
 * The scale of stored values. `lmnt` is dB in [0, 1], of magnitudes divided by the window's norm; `symmetric-4` is dB
 * in [-4, 4]; `normalised` is a logarithm minus its mean, divided by its deviation, per band.
 */
export type MelValues = 'ln' | 'log10' | 'log10-power' | 'db' | 'lmnt' | 'symmetric-4' | 'normalised'

/** Per-band mean and deviation of logarithms to base `of`; if that is absent, their range decides the base. */
export type MelStatistics = {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  readonly of?: 'ln' | 'log10'
}

/** The interpretation of the numbers in a mel file; the user can override every field. */
export type MelReading = {
  /** The axis that holds the bands, after axes of length one are dropped. */
  readonly bandAxis: 0 | 1
  readonly values: MelValues
  /** Analysis settings, which an array does not contain: the model's own unless a producer's config states others. */
  readonly convention: MelConvention
  /** For `normalised` values. */
  readonly statistics?: MelStatistics
  /** For `lmnt` and `symmetric-4`: the dB values of the lower and upper end; -80 and 20 if absent. */
  readonly decibelRange?: readonly [lowDb: number, highDb: number]
}

export type MelFileReport = {
  /** Text for the page to follow "read as": "natural logarithm (Tacotron 2, HiFi-GAN): floor 1e-5". */
  readonly recognisedAs: string
  readonly reading: MelReading
  /** Assumptions that the file cannot confirm, as sentences. */
  readonly assumed: readonly string[]
  /** Whether the values were used unchanged, converted exactly, or approximated through another filterbank. */
  readonly conversion: 'none' | 'exact' | 'approximate'
  /** A sentence that describes the conversion; empty for 'none'. */
  readonly conversionNote: string
  /** Warnings for the user before synthesis, such as values outside the training range. */
  readonly warnings: readonly string[]
  /** A question that must be answered before the mel can be used (axis, statistics); absent otherwise. */
  readonly question?: string
  /** Shape as stored. */
  readonly shape: readonly number[]
}

/** `mel` is in the requested convention; present if `report.question` is absent. */
export type OpenedMel = { readonly mel?: MelSpectrogram; readonly report: MelFileReport }
