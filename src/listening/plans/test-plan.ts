/**
 * The plan of a listening test, fixed before anyone listens: the kind, the clips, the conditions, the number of trials,
 * and the seed of all orders. As a file it can be shared, and the test repeated.
 */

import type { CorrectionChoice } from '../../base/mel-corrections.ts'

export const testKinds = ['abx', 'preference', 'cmos', 'mushra'] as const
export type TestKind = (typeof testKinds)[number]

/** The source of a stimulus; `source` is the clip that is open on the page. */
export type PlanClip =
  | { readonly kind: 'source' }
  | { readonly kind: 'example'; readonly exampleId: string }
  /** A clip of the bundled voice, which includes its recording. */
  | { readonly kind: 'voice'; readonly file: string }

/** A way to make a stimulus from a clip. `id` is unique in the plan; `label` is shown after the test. */
export type Condition = { readonly id: string; readonly label: string } & (
  | {
      readonly kind: 'model'
      readonly modelId: string
      /** A number of steps for which the model has a schedule, or the betas themselves. */
      readonly schedule: string | readonly number[]
      readonly seed: number
      /** Mel corrections; the model's own if absent. */
      readonly corrections?: CorrectionChoice
    }
  /** The control: the input of the model's network, shaped by its prior, without evaluating the network. */
  | {
      readonly kind: 'no-network'
      readonly modelId: string
      readonly seed: number
      readonly corrections?: CorrectionChoice
    }
  | { readonly kind: 'griffin-lim'; readonly seed: number }
  | { readonly kind: 'recording' }
  /** The recording below a cutoff, as an anchor. */
  | { readonly kind: 'low-pass'; readonly cutoffHz: number }
  /** A take of the page; only in plans that are not saved to a file, and only of the open source. */
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
   * ABX: total number of trials. Preference and CMOS: repetitions of each pair on each clip. MUSHRA: 1, a page per
   * clip.
   */
  readonly trials: number
  readonly clips: readonly PlanClip[]
  /**
   * ABX: two. Preference and CMOS: two or more, all pairs of which are compared. MUSHRA: one or more, to which the
   * hidden reference and the anchors are added.
   */
  readonly conditions: readonly Condition[]
}
