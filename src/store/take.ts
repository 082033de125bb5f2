/** A take, how it was made and how near it came: plain values; its samples are in the clip library. */
import type { Figures } from '../analysis/analysis.ts'
import type { System } from './systems.ts'

/** Against the recording where there is one, else against the mel that went in. */
export type Quality =
  | { readonly against: 'recording'; readonly figures: Figures }
  | { readonly against: 'mel'; readonly melErrorNats: number }

/** How a take was made, enough to make it again. */
export type Making = {
  readonly elapsedSeconds: number
  /** Seconds of work per second of audio. */
  readonly realTimeFactor: number
  /** Unsigned 32-bit integer. */
  readonly seed: number
  readonly modelId?: string
  /** Of a model of the user's own, as it was called then. */
  readonly modelName?: string
  readonly betas?: readonly number[]
  readonly backend?: string
}

export type Take = {
  /** Of its samples in the clip library. */
  readonly id: string
  readonly system: System
  /** `current`: the one that its system made last, at most one each. `kept`: one that stays beside it until it is removed. */
  readonly place: 'current' | 'kept'
  /** Of a current one: whether it will be kept when its system makes the next. */
  readonly keep: boolean
  /** Of a file. */
  readonly fileName?: string
  /** Of a file at another rate than the models', which it was brought to: its own. */
  readonly fileRateHz?: number
  readonly durationSeconds: number
  readonly making?: Making
  /** These arrive after the take itself, as they are measured. */
  readonly spectrogramId?: string
  readonly peakDb?: number
  readonly loudnessLufs?: number
  /** At most 0: what brings it to the level of the quietest take. */
  readonly gainDb?: number
  readonly quality?: Quality
  /** Why there will be no quality: a sentence. */
  readonly noQuality?: string
}
