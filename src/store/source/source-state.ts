/** The source of the takes, and how it comes onto the page. */
import type { Audio, MelFileReport, MelReading } from '../../analysis/analysis.ts'
import type { MelConvention } from '../../dsp/mel-spectrogram.ts'
import type { PitchTrack } from '../../dsp/pitch-track.ts'
import type { DownloadFile } from '../download-file.ts'

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

/** The mel that the takes are made from, and where it came from. */
export type Source = {
  readonly kind: 'example' | 'mel-file' | 'audio-file' | 'microphone' | 'held-out'
  readonly title: string
  readonly transcript?: string
  readonly language?: string
  /** The id of a bundled example; it goes into the address. */
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
  /** The names of its producer's configuration and statistics, where they came with it. */
  readonly producerFileNames: readonly string[]
}

/** The use of a recording: as the page's source, or in the voice to fine-tune on. */
export type RecordingPurpose = 'source' | 'voice'

export type RecordingProgress = {
  readonly purpose: RecordingPurpose
  readonly state: 'asking' | 'recording'
  readonly seconds: number
  /** The peak level, 0..1. */
  readonly peak: number
}

/** The pitch that a model reads off a mel: a value per frame. */
export type PitchOfMel = { readonly melId: string; readonly modelId: string; readonly track: PitchTrack }

export type OpeningState = {
  readonly examples: readonly Example[]
  /** Slices that depend on the source watch this: a new object is a new source. */
  readonly current?: Source
  readonly melFile?: MelFile
  /** Names what is being opened, while it is. */
  readonly opening?: string
}

export type RecordingState = {
  /** Present while the microphone is asked for or recorded. */
  readonly recording?: RecordingProgress
}

export type PitchState = {
  /** Whether the pitch is drawn over the mel. */
  readonly pitchShown: boolean
  /** The pitch that was read last, which may be another mel's. */
  readonly pitch?: PitchOfMel
}

export type OpeningActions = {
  /** Lists the examples, then opens `exampleId`, or the first where there is no such one. */
  readonly loadExamples: (exampleId?: string) => Promise<void>
  readonly openExample: (exampleId: string) => Promise<void>
  /** Opens a mel or audio file, told by content; its producer's configuration and statistics may come with a mel. */
  readonly openFiles: (files: readonly File[]) => Promise<void>
  /** Reads the mel file on show again, with the user's corrections, or with one more file of its producer. */
  readonly rereadMel: (override: Partial<MelReading>, producerFile?: File) => Promise<void>
  /** Opens a clip from the microphone, as audio for copy synthesis. */
  readonly openRecording: (audio: Audio) => Promise<void>
  /** Opens speech that a fine-tuned model was not trained on, to compare models on. */
  readonly openHeldOut: (audio: Audio, title: string) => Promise<void>
  readonly melAsNpy: () => Promise<DownloadFile | undefined>
}

export type RecordingActions = {
  readonly startRecording: (purpose?: RecordingPurpose) => Promise<void>
  readonly stopRecording: () => void
  readonly cancelRecording: () => void
}

export type PitchActions = {
  readonly showPitch: (shown: boolean) => void
  /** Reads the pitch of the open mel as this model hears it; nothing happens where that has been read or is being read. */
  readonly readPitch: (modelId: string) => Promise<void>
}

export type SourceState = OpeningState & RecordingState & PitchState
export type SourceActions = OpeningActions & RecordingActions & PitchActions
