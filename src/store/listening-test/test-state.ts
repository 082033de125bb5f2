/**
 * A blind listening test, from its plan to its result. While trials are on show the state tells what was heard and what may be
 * answered, and nothing of what A, B and X are: the truth stays in the slice until the end.
 */
import type { TimeRange } from '../../audio/player.ts'
import type { TestKind, TestPlan } from '../../listening/plans/test-plan.ts'
import type { TestSession } from '../../listening/test-session.ts'
import type { DownloadFile } from '../download-file.ts'

/** ABX, preference and CMOS have `a` and `b`, ABX `x` as well; MUSHRA has `reference`, the open one, and its sliders `1`, `2` ... */
export type StimulusKey = 'a' | 'b' | 'x' | 'reference' | `${number}`

/** A person's answer to one trial. */
export type GivenAnswer =
  | { readonly kind: 'abx'; readonly choice: 0 | 1 }
  | { readonly kind: 'preference'; readonly choice: 0 | 1 | null }
  | { readonly kind: 'cmos'; readonly comparison: number }
  | { readonly kind: 'mushra' }

export type PreparingTest = {
  readonly phase: 'preparing'
  readonly title: string
  /** Stimuli that are there, and that there will be. */
  readonly done: number
  readonly total: number
  /** "Making 3 of 12: InferGrad, 2 steps, of ..." */
  readonly doing: string
  /** 0..1, over all. */
  readonly fraction: number
}

export type RunningTest = {
  readonly phase: 'running'
  readonly kind: TestKind
  /** Index of the one on show, of `trials`. */
  readonly trial: number
  readonly trials: number
  /** Only where the test has several. */
  readonly clipTitle?: string
  readonly durationSeconds: number
  /** The stimuli that can be heard, in the order of their buttons. */
  readonly keys: readonly StimulusKey[]
  readonly heard: readonly StimulusKey[]
  readonly audible?: StimulusKey
  readonly playing: boolean
  /** Repeated instead of the whole. */
  readonly region?: TimeRange
  /** MUSHRA: of the sliders from left to right, 0 to 100; undefined while it was not moved. */
  readonly ratings: readonly (number | undefined)[]
  /** All that must be heard was, and all sliders were moved: an answer is taken. */
  readonly mayAnswer: boolean
  /** One sentence on each change that made the stimuli comparable. */
  readonly notes: readonly string[]
}

export type FinishedTest = {
  readonly phase: 'done'
  readonly session: TestSession
  readonly notes: readonly string[]
}

/** Absent: nothing is going on, and a test can be set up. */
export type CurrentTest = PreparingTest | RunningTest | FinishedTest

/** A test that a reload or a crash cut off. */
export type SavedTest = {
  readonly title: string
  readonly kind: TestKind
  readonly answered: number
  readonly trials: number
  /** ISO 8601. */
  readonly startedAt: string
}

/** Results of one plan, of one file or of several listeners' files together. */
export type OpenedResult = {
  readonly id: number
  readonly fileNames: readonly string[]
  readonly sessions: readonly TestSession[]
  readonly notes: readonly string[]
}

export type TestRunState = {
  readonly current?: CurrentTest
  /** A trial is on show: the page's own single keys stay off, and the test's act. */
  readonly running: boolean
  readonly saved?: SavedTest
}

export type TestRunActions = {
  /** Makes the stimuli and shows the first trial; takes the place of a test that was kept. */
  readonly start: (plan: TestPlan) => Promise<void>
  readonly cancelPreparing: () => void
  /** Plays it from where the clock stands, without losing the place. */
  readonly hearStimulus: (key: StimulusKey) => Promise<void>
  /** Goes on with what was heard last, or pauses. */
  readonly toggleSound: () => Promise<void>
  readonly rewind: () => void
  /** The place of the clock in the trial's stimuli: for a line that moves, at every animation frame. */
  readonly positionSeconds: () => number
  /** Repeats a part; undefined, the whole. */
  readonly loop: (region: TimeRange | undefined) => void
  /** MUSHRA: slider `index` from the left, 0 to 100. */
  readonly rateStimulus: (index: number, rating: number) => void
  /** Ignored while not all was heard. The last one shows the result. */
  readonly answerTrial: (given: GivenAnswer) => Promise<void>
  readonly takeBackAnswer: () => void
  /** Ends the test: with the result of what was answered, or with nothing. */
  readonly stop: (keep: 'result' | 'nothing') => Promise<void>
  /** The result goes, and with it what is kept of it. */
  readonly dismissResult: () => Promise<void>

  /** Looks for a test that was kept, once, when the page opens: an unfinished one is offered, a finished one shown. */
  readonly findSaved: () => Promise<void>
  readonly resumeSaved: () => Promise<void>
  readonly discardSaved: () => Promise<void>
}

export type TestFilesState = {
  /** A plan file that was opened, to be started. */
  readonly openedPlan?: { readonly fileName: string; readonly plan: TestPlan }
  readonly openedResults: readonly OpenedResult[]
  /** The clips of the bundled voice, once they were asked for. */
  readonly voiceClips: readonly { readonly file: string; readonly text: string }[]
}

export type TestFilesActions = {
  readonly listVoiceClips: () => Promise<void>
  readonly openPlan: (file: File) => Promise<void>
  readonly closePlan: () => void
  readonly planAsFile: (plan: TestPlan) => Promise<DownloadFile | undefined>
  readonly openResults: (files: readonly File[]) => Promise<void>
  /** Opens results and plans, told by their content, as they are dropped. */
  readonly openFiles: (files: readonly File[]) => Promise<void>
  readonly closeResult: (resultId: number) => void
  readonly resultAsJson: (session: TestSession) => Promise<DownloadFile | undefined>
  readonly resultAsCsv: (session: TestSession) => Promise<DownloadFile | undefined>
}

export type TestState = TestRunState & TestFilesState
export type TestActions = TestRunActions & TestFilesActions
