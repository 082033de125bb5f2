/**
 * A listening test in progress or finished: plain values that can be restored after a reload or from a file. Audio is
 * referenced by name.
 */
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { TestPlan } from './plans/test-plan.ts'

/** One condition of one clip, ready to play. */
export type Stimulus = {
  /** `<clip index>:<condition id>` */
  readonly id: string
  readonly clip: number
  readonly conditionId: string
  /** SHA-256 of the samples as float32. */
  readonly sha256: string
  readonly durationSeconds: number
  readonly sampleRateHz: number
  readonly loudnessLufs: number | null
  /** The attenuation to the level of the quietest stimulus of its clip, at most 0. */
  readonly gainDb: number
  /** The model, or its prior alone, and the settings that made the stimulus. */
  readonly making?: {
    readonly modelId: string
    readonly weightsSha256: string
    /** Absent if no network was evaluated. */
    readonly betas?: readonly number[]
    readonly seed: number
    /** Absent in results from before corrections could be chosen; the model's own then applied. */
    readonly corrections?: MelCorrections
    readonly backend: string
  }
}

/**
 * One trial, with its hidden order. ABX: `stimuli` are A and B, and `x` is the index that X equals. Preference, CMOS: A
 * and B in the order of playback. MUSHRA: the sliders from left to right, without the open reference.
 */
export type Trial = {
  readonly clip: number
  readonly stimuli: readonly string[]
  readonly x?: 0 | 1
}

export type Answer = {
  /** Index of the trial. */
  readonly trial: number
  /** ABX: the answer for X. Preference: the preferred stimulus, or null for neither. */
  readonly choice?: 0 | 1 | null
  /** CMOS: how much better B was rated than A, -3 to 3. */
  readonly comparison?: number
  /** MUSHRA: 0 to 100 for each stimulus of the trial. */
  readonly ratings?: readonly number[]
  readonly seconds: number
}

/** The environment in which the test was taken. */
export type Environment = {
  readonly userAgent: string
  readonly backend: string
  /** Version of the page. */
  readonly page: string
}

export type TestSession = {
  readonly plan: TestPlan
  readonly clipTitles: readonly string[]
  readonly stimuli: readonly Stimulus[]
  readonly trials: readonly Trial[]
  /** The order is that in which they were given. Answers that were taken back are removed and counted in `takenBack`. */
  readonly answers: readonly Answer[]
  readonly takenBack: number
  readonly environment: Environment
  /** ISO 8601. */
  readonly startedAt: string
  readonly finishedAt?: string
}
