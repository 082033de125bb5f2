/**
 * What a listening test will be, decided before anyone listens: the kind, the clips, what makes the stimuli, how many trials,
 * and the seed of every order. As a file it can be passed on and done again.
 */

import type { CorrectionChoice } from '../../base/mel-corrections.ts'

export const testKinds = ['abx', 'preference', 'cmos', 'mushra'] as const
export type TestKind = (typeof testKinds)[number]

/** What a stimulus is made of: `source` is the one that is open on the page. */
export type PlanClip =
  | { readonly kind: 'source' }
  | { readonly kind: 'example'; readonly exampleId: string }
  /** A clip of the bundled voice, which has its recording. */
  | { readonly kind: 'voice'; readonly file: string }

/** What makes a stimulus of a clip. `id` is unique in the plan; `label` is shown when the test is over. */
export type Condition = { readonly id: string; readonly label: string } & (
  | {
      readonly kind: 'model'
      readonly modelId: string
      /** A number of steps that the model has a schedule for, or the betas themselves. */
      readonly schedule: string | readonly number[]
      readonly seed: number
      /** Mel corrections; the model's own where absent. */
      readonly corrections?: CorrectionChoice
    }
  /** The control: what goes into the model's network, through its prior; no network is evaluated. */
  | {
      readonly kind: 'no-network'
      readonly modelId: string
      readonly seed: number
      readonly corrections?: CorrectionChoice
    }
  | { readonly kind: 'griffin-lim'; readonly seed: number }
  | { readonly kind: 'recording' }
  /** The recording below a cutoff: an anchor. */
  | { readonly kind: 'low-pass'; readonly cutoffHz: number }
  /** A take of the page; of a plan that is not written to a file, and of the open source alone. */
  | { readonly kind: 'take'; readonly takeId: string }
)

export type TestPlan = {
  readonly format: 'listening-plan'
  readonly version: 1
  readonly kind: TestKind
  readonly title: string
  /** Unsigned 32-bit integer. */
  readonly seed: number
  /**
   * ABX: trials in all. Preference and CMOS: how often each pair is heard on each clip. MUSHRA: 1, a page of sliders per clip.
   */
  readonly trials: number
  readonly clips: readonly PlanClip[]
  /**
   * ABX: two. Preference and CMOS: two or more, all pairs of which are compared. MUSHRA: one or more; hidden reference and
   * anchors are added to them.
   */
  readonly conditions: readonly Condition[]
}
