/** A take, how it was made and how near it came: plain values; its samples are in the clip library. */
import type { Figures } from '../../analysis/analysis.ts'
import { correctionsText, type MelCorrections } from '../../base/mel-corrections.ts'
import type { System } from '../synthesis/systems.ts'

/** Against the recording where there is one, else against the mel that went in. */
export type Quality =
  | { readonly against: 'recording'; readonly figures: Figures }
  | { readonly against: 'mel'; readonly melErrorNats: number }

/** Mel corrections as they were made. `asked`: the settings asked for so many; otherwise they are the model's own. */
export type TakeCorrections = MelCorrections & { readonly asked: boolean }

/** "4 corrections" where somebody asked for them: names say what is not as the model has it. */
export function askedCorrections(corrections: TakeCorrections | undefined): string | undefined {
  return corrections?.asked ? correctionsText(corrections) : undefined
}

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
  /** Absent where no network was evaluated. */
  readonly betas?: readonly number[]
  /** Of what a model or its prior made. */
  readonly corrections?: TakeCorrections
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
