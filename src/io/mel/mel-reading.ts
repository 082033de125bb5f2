/** The interpretation of a mel file: what was recognised, what the user may override, and the report for the page. */
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'

export type MelUnit = 'ln' | 'log10' | 'db' | 'linear'

/** Mean and deviation of the levels: one number for all bands, or one per band. */
export type MelStatistics = { readonly mean: readonly number[]; readonly deviation: readonly number[] }

/** The change of the levels of a mel, in its unit, before they were stored. */
export type MelScaling =
  /** The levels from `levels[0]` to `levels[1]` are stored as `stored[0]` to `stored[1]`, linearly. */
  | {
      readonly kind: 'range'
      readonly stored: readonly [low: number, high: number]
      readonly levels: readonly [low: number, high: number]
    }
  /** A stored value is a level minus its mean, divided by its deviation. The statistics may not be known yet. */
  | { readonly kind: 'statistics'; readonly statistics?: MelStatistics }

/** The scale of stored values: the unit of the magnitudes or powers that the bands sum, and possibly a scaling. */
export type MelValues = {
  readonly unit: MelUnit
  readonly of: 'magnitude' | 'power'
  readonly scaling?: MelScaling
}

/**
 * Says where the frames lie. Frame 0 of a `centred` analysis is centred on the first sample (librosa's center=True), of a
 * `padded` one on the middle of the first hop (HiFi-GAN), of an `unpadded` one on the middle of the first window.
 */
export type Framing = 'centred' | 'padded' | 'unpadded'

/** The interpretation of the numbers in a mel file; the user can override every field. */
export type MelReading = {
  /** The axis that holds the bands, after axes of length one are dropped. */
  readonly bandAxis: 0 | 1
  readonly values: MelValues
  /** Analysis settings, which an array does not contain. */
  readonly convention: MelConvention
  readonly framing: Framing
  /** The coefficient of the first-order pre-emphasis before the analysis; 0 for none. */
  readonly preEmphasis: number
  /** The rate that the filters were computed for, where it is not the rate of the audio. */
  readonly filterRateHz?: number
  /** Whether constant frames at the ends are dropped. */
  readonly cutPadding: boolean
}

/** Numbers of frames. */
export type FrameCut = { readonly head: number; readonly tail: number }

/** One of several ways to read an ambiguous file. */
export type ReadingCandidate = {
  /** "Vocos: natural logarithm of magnitude". */
  readonly name: string
  /** 0..1; the candidates of a report need not sum to 1. */
  readonly confidence: number
  readonly reading: MelReading
  /** The mel that this reading gives, in the model's convention, to be looked at and listened to. */
  readonly mel: MelSpectrogram
}

export type MelFileReport = {
  /** Text for the page to follow "read as": "natural logarithm of magnitude (HiFi-GAN): floor 1e-5". */
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
  /** A question that must be answered before the mel can be used (axis, statistics, scale); absent otherwise. */
  readonly question?: string
  /** The two likeliest readings, best first, if the file does not decide between them. */
  readonly candidates?: readonly ReadingCandidate[]
  /** Constant frames that were found at the ends; `reading.cutPadding` says whether they were dropped. */
  readonly padding?: FrameCut
  /** Shape as stored. */
  readonly shape: readonly number[]
}

/** `mel` is in the requested convention; present if `report.question` is absent. */
export type OpenedMel = { readonly mel?: MelSpectrogram; readonly report: MelFileReport }
