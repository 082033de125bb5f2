/** A take, how it was made and its quality, in plain values; its samples are in the clip library. */
import type { Quality } from '../../analysis/analysis.ts'
import { correctionsText, type MelCorrections } from '../../base/mel-corrections.ts'
import type { System } from '../synthesis/systems.ts'

export type { Quality } from '../../analysis/analysis.ts'

/** Mel corrections as they were applied: `asked` if the settings requested them, otherwise the model's own. */
export type TakeCorrections = MelCorrections & { readonly asked: boolean }

/**
 * Returns text such as "4 corrections" if they were requested: names mention only deviations from the model's defaults.
 */
export function askedCorrections(corrections: TakeCorrections | undefined): string | undefined {
  return corrections?.asked ? correctionsText(corrections) : undefined
}

/** The settings and the model that made a take, in enough detail to reproduce it. */
export type Making = {
  readonly elapsedSeconds: number
  /** Seconds of computation per second of audio. */
  readonly realTimeFactor: number
  /** Unsigned 32-bit integer. */
  readonly seed: number
  readonly modelId?: string
  /** The name of a user's model at that time. */
  readonly modelName?: string
  /** Absent if no network was evaluated. */
  readonly betas?: readonly number[]
  /** The corrections of the output of a model or its prior. */
  readonly corrections?: TakeCorrections
  readonly backend?: string
}

export type Take = {
  /** The id of its samples in the clip library. */
  readonly id: string
  readonly system: System
  /** `current`: the latest take of its system, at most one per system. `kept`: stays beside it until it is removed. */
  readonly place: 'current' | 'kept'
  /** Whether a current take will be kept when its system makes the next one. */
  readonly keep: boolean
  /** Name of the file, if the take was read from one. */
  readonly fileName?: string
  /** Original sampling rate of a file that was resampled to the models' rate. */
  readonly fileRateHz?: number
  readonly durationSeconds: number
  readonly making?: Making
  /** The following values arrive after the take itself, as they are measured. */
  readonly spectrogramId?: string
  readonly peakDb?: number
  readonly loudnessLufs?: number
  /** Gain in dB, at most 0, that matches the loudness of the quietest take. */
  readonly gainDb?: number
  /** Measured against the recording if there is one, otherwise against the input mel. */
  readonly quality?: Quality
  /** A sentence that says why there will be no quality. */
  readonly noQuality?: string
}
