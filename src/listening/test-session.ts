/** A listening test under way or done: plain values that a reload or a file brings back. Audio is named, never held. */
import type { MelCorrections } from '../base/mel-corrections.ts'
import type { TestPlan } from './plans/test-plan.ts'

/** One condition of one clip, ready to be heard. */
export type Stimulus = {
  /** `<clip index>:<condition id>` */
  readonly id: string
  readonly clip: number
  readonly conditionId: string
  /** Of the samples, as float32. */
  readonly sha256: string
  readonly durationSeconds: number
  readonly sampleRateHz: number
  readonly loudnessLufs: number | null
  /** At most 0: what brought it to the level of the quietest of its clip. */
  readonly gainDb: number
  /** Of what a model, or its prior alone, made. */
  readonly making?: {
    readonly modelId: string
    readonly weightsSha256: string
    /** Absent where no network was evaluated. */
    readonly betas?: readonly number[]
    readonly seed: number
    /** Absent in results from before they could be chosen: then they were the model's own. */
    readonly corrections?: MelCorrections
    readonly backend: string
  }
}

/**
 * What is asked in one trial, with its hidden order. ABX: `stimuli` are A and B, `x` is which of them X is. Preference, CMOS:
 * A and B in the order in which they are played. MUSHRA: the sliders from left to right; the open reference is apart.
 */
export type Trial = {
  readonly clip: number
  readonly stimuli: readonly string[]
  readonly x?: 0 | 1
}

export type Answer = {
  /** Index of its trial. */
  readonly trial: number
  /** ABX: which X was said to be. Preference: which was preferred, or neither. */
  readonly choice?: 0 | 1 | null
  /** CMOS: how much better B was than A, -3 to 3. */
  readonly comparison?: number
  /** MUSHRA: 0 to 100 for each of the trial's stimuli. */
  readonly ratings?: readonly number[]
  readonly seconds: number
}

/** Where it was heard. */
export type Environment = {
  readonly userAgent: string
  readonly backend: string
  /** Of the page's own version. */
  readonly page: string
}

export type TestSession = {
  readonly plan: TestPlan
  readonly clipTitles: readonly string[]
  readonly stimuli: readonly Stimulus[]
  readonly trials: readonly Trial[]
  /** In the order in which they were given; one that was taken back is gone, and counted. */
  readonly answers: readonly Answer[]
  readonly takenBack: number
  readonly environment: Environment
  /** ISO 8601. */
  readonly startedAt: string
  readonly finishedAt?: string
}
