/** Problems and notes: the page says what went wrong, and what it took upon itself. */
import type { Problem } from '../base/problem.ts'
import type { RecordingPurpose } from './source/source-state.ts'

/** The act of the button "Try again" on a problem. */
export type Retry =
  | { readonly kind: 'synthesize' }
  | { readonly kind: 'start-engine' }
  | { readonly kind: 'load-models' }
  | { readonly kind: 'load-examples' }
  | { readonly kind: 'open-example'; readonly exampleId: string }
  | { readonly kind: 'record'; readonly purpose: RecordingPurpose }
  | { readonly kind: 'example-voice' }

export type ShownProblem = { readonly id: number; readonly problem: Problem; readonly retry?: Retry }

export type ProblemsState = {
  readonly shown: readonly ShownProblem[]
  /** Sentences that the user should read though nothing is wrong, such as on a value in the address that was ignored. */
  readonly notes: readonly string[]
}

export type ProblemsActions = {
  /** Shows what was thrown, unless it was a cancel; a problem with the same code and file is replaced. */
  readonly report: (thrown: unknown, retry?: Retry) => void
  readonly dismiss: (problemId: number) => void
  /** Takes away those that no longer matter. */
  readonly dismissWhere: (isOver: (shown: ShownProblem) => boolean) => void
  /** Adds a note; one that says the same moves to the end. */
  readonly note: (text: string) => void
  readonly dismissNotes: () => void
  readonly retry: (problemId: number) => Promise<void>
}
