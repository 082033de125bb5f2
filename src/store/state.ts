/**
 * What the page knows, in plain values and ids: samples, mels and spectrograms stay in the libraries of `services.ts`. One
 * slice per concern; each is built in its own file and sees the others through this type alone.
 */
import type { Audio, MelFileReport, MelReading, WavEncoding } from '../analysis/analysis.ts'
import type { TimeRange } from '../audio/player.ts'
import type { Problem } from '../base/problem.ts'
import type { MelConvention } from '../dsp/mel-spectrogram.ts'
import type { BackendReport, LoadProgress, ModelSummary } from '../engine/vocoder-engine.ts'
import type { Address } from './address.ts'
import type { DownloadFile } from './download-file.ts'
import type { FineTuningState } from './fine-tune/fine-tune-state.ts'
import type { ListeningRoomState } from './listening-room-state.ts'
import type { Settings } from './synthesis/settings.ts'
import type { System } from './synthesis/systems.ts'
import type { Take } from './takes/take.ts'

export type { DownloadFile } from './download-file.ts'
export type { Making, Quality, Take } from './takes/take.ts'

/** A bundled example, as `examples/index.json` lists it. */
export type Example = {
  readonly id: string
  readonly title: string
  readonly voice: string
  readonly language: string
  readonly text: string
  /** File names in `examples/`. */
  readonly mel: string
  readonly audio?: string
  readonly licence: string
}

/** What the takes are made from. */
export type Source = {
  readonly kind: 'example' | 'mel-file' | 'audio-file' | 'microphone' | 'held-out'
  readonly title: string
  readonly transcript?: string
  readonly language?: string
  /** Of a bundled example; goes into the address. */
  readonly exampleId?: string
  readonly melId: string
  readonly convention: MelConvention
  readonly durationSeconds: number
}

/** The mel file that was opened last, with what was made of it; it may still wait for an answer. */
export type MelFile = {
  readonly name: string
  readonly report: MelFileReport
  readonly override: Partial<MelReading>
  /** Of its producer's configuration and statistics, where they came with it. */
  readonly producerFileNames: readonly string[]
}

export type SourceSlice = {
  readonly examples: readonly Example[]
  readonly source?: Source
  readonly melFile?: MelFile
  /** Names what is being opened or recorded, while it is. */
  readonly opening?: string
  /** Lists the examples, then opens `exampleId`, or the first where there is no such one. */
  readonly loadExamples: (exampleId?: string) => Promise<void>
  readonly openExample: (exampleId: string) => Promise<void>
  /** A mel or audio file, told by content; its producer's configuration and statistics may come with a mel. */
  readonly openFiles: (files: readonly File[]) => Promise<void>
  /** Reads the mel file on show again, with the user's corrections, or with one more file of its producer. */
  readonly rereadMel: (override: Partial<MelReading>, producerFile?: File) => Promise<void>
  /** A clip from the microphone, as audio for copy synthesis. */
  readonly openRecording: (audio: Audio) => Promise<void>
  /** Speech that a fine-tuned model was not trained on, to compare models on. */
  readonly openHeldOut: (audio: Audio, title: string) => Promise<void>
}

/** What a recording is for: the page's source, or the voice to fine-tune on. */
export type RecordingPurpose = 'source' | 'voice'

export type RecordingSlice = {
  /** While the microphone is asked for or recorded; peak level 0..1. */
  readonly recording?: {
    readonly purpose: RecordingPurpose
    readonly state: 'asking' | 'recording'
    readonly seconds: number
    readonly peak: number
  }
  readonly startRecording: (purpose?: RecordingPurpose) => Promise<void>
  readonly stopRecording: () => void
  readonly cancelRecording: () => void
}

export type SettingsSlice = {
  readonly settings: Settings
  readonly changeSettings: (change: Partial<Settings>) => void
  /** The address that recreates the run; without a source where that is the user's own. */
  readonly shareAddress: () => string
  /** Loops and shows what an address says, once its example is open; what does not fit is ignored with a note. */
  readonly restoreView: (address: Pick<Address, 'exampleId' | 'region' | 'shownSeconds'>) => void
}

/** Of one system in the synthesis under way. */
export type Run = {
  readonly system: System
  readonly state: 'waiting' | 'loading' | 'running' | 'done' | 'failed'
  readonly step: number
  readonly steps: number
  /** 0..1 */
  readonly fraction: number
}

export type TakesSlice = {
  /** The current ones in the order of `systems`, then the kept ones in the order in which they were kept. */
  readonly takes: readonly Take[]
  /** The kept take that was taken away last and can be had back, as it was called. */
  readonly removedTake?: { readonly take: Take; readonly name: string }
  /** Names the file that is being read to be put beside the takes. */
  readonly addingTake?: string
  /** Whether a current take stays beside its successor, under a name of its own. */
  readonly keepTake: (takeId: string, keep: boolean) => void
  /** Takes a kept take away; until the next one goes, or another source is opened, it can be had back. */
  readonly removeTake: (takeId: string) => void
  readonly restoreTake: () => void
  /** Forgets the one that could be had back. */
  readonly forgetRemovedTake: () => void
  /** Audio to compare, each file a kept take; one that is refused costs only itself. */
  readonly addTakeFiles: (files: readonly File[]) => Promise<void>
}

export type SynthesisSlice = {
  /** Present while a synthesis is under way. */
  readonly runs?: readonly Run[]
  readonly synthesize: () => Promise<void>
  readonly cancel: () => void
  readonly takeAsWav: (takeId: string, encoding: WavEncoding) => Promise<DownloadFile | undefined>
  readonly melAsNpy: () => Promise<DownloadFile | undefined>
}

export type PlaybackSlice = {
  readonly playing: boolean
  /** The take that is heard, or would be. */
  readonly audibleId?: string
  /** The take that was heard before it, while both are there. */
  readonly heardBeforeId?: string
  readonly region?: TimeRange
  /** What turning the loop on again would loop. */
  readonly lastRegion?: TimeRange
  readonly levelsMatched: boolean
  /** How often the clock was set by hand: its position is the player's alone, so this says that it moved. */
  readonly seeks: number
  /** Plays `takeId`, or what was heard last, from where the clock stands. */
  readonly play: (takeId?: string) => Promise<void>
  readonly pause: () => void
  /** Switches without moving the clock, whether it runs or not. */
  readonly select: (takeId: string) => void
  /** Back to the take that was heard before this one. */
  readonly toggleLastTwo: () => void
  readonly seek: (seconds: number) => void
  /** From where the clock stands, back where negative. */
  readonly seekBy: (seconds: number) => void
  /** From the start of the loop, or of the takes. */
  readonly playFromStart: () => Promise<void>
  readonly loopRegion: (region: TimeRange | undefined) => void
  /** Off, and on again: what was looped last, or else what is shown, or else two seconds about the clock. */
  readonly toggleLoop: () => void
  readonly matchLevels: (matched: boolean) => void
  /** Hands the takes to the player after they changed; the ear follows from a replaced take to its successor. */
  readonly refreshTakes: (replaced?: { readonly from: string; readonly to: string }) => void
}

/** What a button "Try again" on a problem does. */
export type Retry =
  | { readonly kind: 'synthesize' }
  | { readonly kind: 'start-engine' }
  | { readonly kind: 'load-models' }
  | { readonly kind: 'load-examples' }
  | { readonly kind: 'open-example'; readonly exampleId: string }
  | { readonly kind: 'record'; readonly purpose: RecordingPurpose }
  | { readonly kind: 'example-voice' }

export type ShownProblem = { readonly id: number; readonly problem: Problem; readonly retry?: Retry }

export type ProblemsSlice = {
  readonly problems: readonly ShownProblem[]
  /** What the user should know though nothing is wrong, such as a value in the address that was ignored. */
  readonly notes: readonly string[]
  /** Shows what was thrown, unless it was a cancel; a problem with the same code and file is replaced. */
  readonly report: (thrown: unknown, retry?: Retry) => void
  readonly dismiss: (problemId: number) => void
  readonly dismissNotes: () => void
  readonly retry: (problemId: number) => Promise<void>
}

export type EngineStatus =
  | { readonly state: 'starting' }
  | { readonly state: 'ready'; readonly backend: BackendReport }
  | { readonly state: 'failed'; readonly reason: string }

export type EngineSlice = {
  readonly engine: EngineStatus
  readonly models: readonly ModelSummary[]
  /** Per model id, while its weights are on their way; absent before and after. */
  readonly loads: Readonly<Record<string, LoadProgress>>
  readonly loadedModels: readonly string[]
  /** Starts the engine, lists the models and loads those of the chosen size, so that the first sound comes soon. */
  readonly startEngine: () => Promise<void>
  /** Resolves when the start under way has ended, well or not. */
  readonly engineStarted: () => Promise<void>
  /** The mel convention of the chosen size's models, once they are listed; throws `engine-not-running` without them. */
  readonly modelConvention: () => Promise<MelConvention>
  /** Loads the models that a synthesis would use and that are not loaded yet, and reports what fails. */
  readonly loadModels: () => Promise<void>
  /** Lists the models again, after the user's own have changed. */
  readonly listModels: () => Promise<void>
  /** Loads one model with its progress in `loads`; at once where that was done. Throws what the engine throws. */
  readonly loadModel: (modelId: string, signal?: AbortSignal) => Promise<void>
}

export type PageState = SourceSlice &
  RecordingSlice &
  SettingsSlice &
  TakesSlice &
  SynthesisSlice &
  PlaybackSlice &
  ProblemsSlice &
  EngineSlice &
  FineTuningState &
  ListeningRoomState

/** What a slice's builder gets; `set` merges. */
export type SetState = (change: Partial<PageState> | ((state: PageState) => Partial<PageState>)) => void
export type GetState = () => PageState
