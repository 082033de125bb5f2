/** Problems and notes: the page reports failures, and decisions that it made on its own. */
import type { Problem } from '../base/problem.ts'
import type { RecordingPurpose } from './source/source-state.ts'

/** The action of the button "Try again" on a problem. */
export type Retry =
  | { readonly kind: 'synthesize' }
  | { readonly kind: 'start-engine' }
  | { readonly kind: 'load-model'; readonly modelId: string }
  | { readonly kind: 'load-examples' }
  | { readonly kind: 'open-example'; readonly exampleId: string }
  | { readonly kind: 'record'; readonly purpose: RecordingPurpose }
  | { readonly kind: 'example-voice' }

export type ShownProblem = { readonly id: number; readonly problem: Problem; readonly retry?: Retry }

export type ProblemsState = {
  readonly shown: readonly ShownProblem[]
  /**
   * Sentences that the user should read although nothing failed, for instance about an ignored value in the address.
   */
  readonly notes: readonly string[]
}

export type ProblemsActions = {
  /** Shows the thrown problem unless it is a cancel; it replaces a problem with the same code and file. */
  readonly report: (thrown: unknown, retry?: Retry) => void
  readonly dismiss: (problemId: number) => void
  /** Dismisses the problems that no longer matter. */
  readonly dismissWhere: (isOver: (shown: ShownProblem) => boolean) => void
  /** Adds a note; an existing note with the same text moves to the end. */
  readonly note: (text: string) => void
  readonly dismissNotes: () => void
  readonly retry: (problemId: number) => Promise<void>
}
