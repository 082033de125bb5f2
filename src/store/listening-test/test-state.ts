/**
 * A blind listening test, from its plan to its result. During trials the state tells what was heard and whether an
 * answer is allowed, but not what A, B and X are: their identities stay in the slice until the end.
 */
import type { TimeRange } from '../../audio/playback/player.ts'
import type { TestKind, TestPlan } from '../../listening/plans/test-plan.ts'
import type { TestSession } from '../../listening/test-session.ts'
import type { DownloadFile } from '../download-file.ts'

/** ABX, preference and CMOS have `a` and `b`, ABX also `x`; MUSHRA has the open `reference` and sliders `1`, `2` ... */
export type StimulusKey = 'a' | 'b' | 'x' | 'reference' | `${number}`

/** A user's answer to one trial. */
export type GivenAnswer =
  | { readonly kind: 'abx'; readonly choice: 0 | 1 }
  | { readonly kind: 'preference'; readonly choice: 0 | 1 | null }
  | { readonly kind: 'cmos'; readonly comparison: number }
  | { readonly kind: 'mushra' }

export type PreparingTest = {
  readonly phase: 'preparing'
  readonly title: string
  /** Number of finished stimuli, out of `total`. */
  readonly done: number
  readonly total: number
  /** The current activity, such as "Making 3 of 12: InferGrad, 2 steps, of ...". */
  readonly doing: string
  /** Overall progress, 0..1. */
  readonly fraction: number
}

/** The truth about a trial of a rehearsal, shown after its answer. */
export type Revealed = {
  readonly identities: readonly { readonly key: StimulusKey; readonly label: string }[]
  /** ABX only: which of the two X equals, and whether the answer says so. */
  readonly xIs?: 'A' | 'B'
  readonly isCorrect?: boolean
}

export type RunningTest = {
  readonly phase: 'running'
  /** Present in a rehearsal; `revealed` once the trial is answered. */
  readonly rehearsal?: { readonly revealed?: Revealed }
  readonly kind: TestKind
  /** Index of the current trial, out of `trials`. */
  readonly trial: number
  readonly trials: number
  /** Present only if the test has several clips. */
  readonly clipTitle?: string
  readonly durationSeconds: number
  /** The stimuli that can be heard, in the order of their buttons. */
  readonly keys: readonly StimulusKey[]
  readonly heard: readonly StimulusKey[]
  readonly audible?: StimulusKey
  readonly playing: boolean
  /** The loop; absent if the whole clip is repeated. */
  readonly region?: TimeRange
  /** MUSHRA ratings of the sliders from left to right, 0 to 100; undefined for a slider that was not moved. */
  readonly ratings: readonly (number | undefined)[]
  /** Whether an answer is accepted: all required stimuli were heard, and all sliders were moved. */
  readonly mayAnswer: boolean
  /** One sentence for each change that made the stimuli comparable. */
  readonly notes: readonly string[]
}

/** A rehearsal that is over; the test itself can start without further waiting. */
export type RehearsedTest = {
  readonly phase: 'rehearsed'
  readonly plan: TestPlan
  /** Number of trials of the test. */
  readonly trials: number
}

export type FinishedTest = {
  readonly phase: 'done'
  readonly session: TestSession
  readonly notes: readonly string[]
}

/** Absent if no test is in progress and one can be set up. */
export type CurrentTest = PreparingTest | RunningTest | RehearsedTest | FinishedTest

/** A test that a reload or a crash interrupted. */
export type SavedTest = {
  readonly title: string
  readonly kind: TestKind
  readonly answered: number
  readonly trials: number
  /** Time of the start, ISO 8601. */
  readonly startedAt: string
}

/** Results of one plan, from one file or from several listeners' files together. */
export type OpenedResult = {
  readonly id: number
  readonly fileNames: readonly string[]
  readonly sessions: readonly TestSession[]
  readonly notes: readonly string[]
}

export type TestRunState = {
  readonly current?: CurrentTest
  /** True during a trial: the page's single-key shortcuts are off, and those of the test are on. */
  readonly running: boolean
  readonly saved?: SavedTest
}

export type TestRunActions = {
  /** Makes the stimuli, unless a rehearsal has made them, and shows the first trial; replaces a stored test. */
  readonly start: (plan: TestPlan) => Promise<void>
  /** Makes the stimuli and shows the first of two trials whose answers are shown and not recorded. */
  readonly rehearse: (plan: TestPlan) => Promise<void>
  /** Shows the next trial of a rehearsal once one is answered, or its end. */
  readonly continueRehearsal: () => void
  readonly cancelPreparing: () => void
  /** Plays a stimulus from the current position of the clock. */
  readonly playStimulus: (key: StimulusKey) => Promise<void>
  /** Resumes playback of the last stimulus, or pauses it. */
  readonly toggleSound: () => Promise<void>
  readonly rewind: () => void
  /** Position of the clock in the trial's stimuli, read at every animation frame to draw the playhead. */
  readonly positionSeconds: () => number
  /** Loops a time range; undefined loops the whole clip. */
  readonly loop: (region: TimeRange | undefined) => void
  /** Sets slider `index`, counted from the left, to a MUSHRA rating from 0 to 100. */
  readonly rateStimulus: (index: number, rating: number) => void
  /** Records an answer; ignored if not everything was heard. The last answer shows the result. */
  readonly answerTrial: (given: GivenAnswer) => Promise<void>
  readonly takeBackAnswer: () => void
  /** Ends the test: with the result of the answers so far, or with nothing. */
  readonly stop: (keep: 'result' | 'nothing') => Promise<void>
  /** Dismisses the result and deletes its stored copy. */
  readonly dismissResult: () => Promise<void>

  /** Looks once for a stored test when the page opens: offers an unfinished one, shows a finished one. */
  readonly findSaved: () => Promise<void>
  readonly resumeSaved: () => Promise<void>
  readonly discardSaved: () => Promise<void>
}

/** A plan from a file, or from a link if there is no file name. */
export type OpenedPlan = { readonly fileName?: string; readonly plan: TestPlan }

export type TestFilesState = {
  /** A plan that was opened and can be started. */
  readonly openedPlan?: OpenedPlan
  readonly openedResults: readonly OpenedResult[]
  /** The clips of the bundled voice, once they have been requested. */
  readonly voiceClips: readonly { readonly file: string; readonly text: string }[]
}

export type TestFilesActions = {
  readonly listVoiceClips: () => Promise<void>
  readonly openPlan: (file: File) => Promise<void>
  /** Opens the plan that the hash of an address holds; ignores any other hash. */
  readonly openPlanLink: (hash: string) => Promise<void>
  readonly closePlan: () => void
  readonly planAsFile: (plan: TestPlan) => Promise<DownloadFile | undefined>
  /** Returns the hash of an address that opens the plan on any copy of the page. */
  readonly planAsHash: (plan: TestPlan) => Promise<string | undefined>
  readonly openResults: (files: readonly File[]) => Promise<void>
  /** Opens results and plans, which it distinguishes by their content. */
  readonly openFiles: (files: readonly File[]) => Promise<void>
  readonly closeResult: (resultId: number) => void
  readonly resultAsJson: (session: TestSession) => Promise<DownloadFile | undefined>
  readonly resultAsCsv: (session: TestSession) => Promise<DownloadFile | undefined>
}

export type TestState = TestRunState & TestFilesState
export type TestActions = TestRunActions & TestFilesActions
