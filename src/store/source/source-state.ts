/** The source of the takes, and the ways to open one. */
import type { Audio, ChannelReport, MelFileReport, MelReading } from '../../analysis/analysis.ts'
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'
import type { PitchTrack } from '../../dsp/signals/pitch-track.ts'
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
  /** The magnitude spectrogram of a recording that is not published itself. */
  readonly reference?: string
  readonly licence: string
}

/** The mel from which the takes are made, and its origin. */
export type Source = {
  readonly kind: 'example' | 'mel-file' | 'audio-file' | 'microphone' | 'held-out'
  readonly title: string
  readonly transcript?: string
  readonly language?: string
  /** The id of a bundled example; it is part of the address. */
  readonly exampleId?: string
  /** The id among the user's own sources. */
  readonly ownId?: string
  readonly melId: string
  readonly convention: MelConvention
  readonly durationSeconds: number
  /** The use of the channels of an audio file. */
  readonly channels?: ChannelReport
}

/** The mel file that was opened last, with its interpretation; it may still need an answer from the user. */
export type MelFile = {
  readonly name: string
  readonly report: MelFileReport
  readonly override: Partial<MelReading>
  /** The reading before the user's corrections. */
  readonly recognised: MelReading
  /** The names of its producer's configuration and statistics, if they were opened with it. */
  readonly producerFileNames: readonly string[]
}

/** A source of the user's own, which can be opened again for as long as the page is open. */
export type OwnSource = { readonly id: string; readonly title: string }

/** The purpose of a recording: as the page's source, or as part of the voice to fine-tune on. */
export type RecordingPurpose = 'source' | 'voice'

export type RecordingProgress = {
  readonly purpose: RecordingPurpose
  readonly state: 'asking' | 'recording'
  readonly seconds: number
  /** The peak level, 0..1. */
  readonly peak: number
}

/** The pitch that a model predicts from a mel, one value per frame. */
export type PitchOfMel = { readonly melId: string; readonly modelId: string; readonly track: PitchTrack }

export type OpeningState = {
  readonly examples: readonly Example[]
  /** The files and recordings that were opened last, the newest first. */
  readonly own: readonly OwnSource[]
  /** Slices that depend on the source watch this; a new object means a new source. */
  readonly current?: Source
  readonly melFile?: MelFile
  /** Name of the file that is being opened; absent otherwise. */
  readonly opening?: string
}

export type RecordingState = {
  /** Present from the permission request to the end of the recording. */
  readonly recording?: RecordingProgress
}

export type PitchState = {
  /** Whether the pitch is drawn over the mel. */
  readonly pitchShown: boolean
  /** The last predicted pitch, which may belong to another mel. */
  readonly pitch?: PitchOfMel
}

export type OpeningActions = {
  /** Lists the examples, then opens `exampleId`, or the first if that one does not exist. */
  readonly loadExamples: (exampleId?: string) => Promise<void>
  readonly openExample: (exampleId: string) => Promise<void>
  /** Opens a source of the user's own again. */
  readonly openOwn: (ownId: string) => Promise<void>
  /** Opens a mel or audio file by its content, with its producer's configurations and statistics. */
  readonly openFile: (file: File, producerFiles?: readonly File[]) => Promise<void>
  /** Reads the open mel with more files of its producer; if none is open, or they turn out to be none, opens the first. */
  readonly addProducerFiles: (files: readonly File[]) => Promise<void>
  /** Reads the current audio file again, with one of its channels, counted from 0, or with its channels mixed. */
  readonly chooseChannel: (channel: number | undefined) => Promise<void>
  /** Reads the current mel file again, with the user's corrections, or with more files of its producer. */
  readonly rereadMel: (override: Partial<MelReading>, producerFiles?: readonly File[]) => Promise<void>
  /** Plays a short synthesis of one of the readings that the current mel file asks about. */
  readonly listenToReading: (index: number) => Promise<void>
  /** Opens a clip from the microphone, as audio for copy synthesis. */
  readonly openRecording: (audio: Audio) => Promise<void>
  /** Opens speech on which a fine-tuned model was not trained, to compare models on it. */
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
  /** Predicts the pitch of the open mel with this model; does nothing if that is done or in progress. */
  readonly readPitch: (modelId: string) => Promise<void>
}

export type SourceState = OpeningState & RecordingState & PitchState
export type SourceActions = OpeningActions & RecordingActions & PitchActions
