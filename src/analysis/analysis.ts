/**
 * Everything about signals and files that takes too long for the main thread and needs no network: reading mel files,
 * mel spectrograms, Griffin-Lim, figures, loudness, spectrogram pictures. Implemented in the calling thread (tests) and in
 * a worker of its own (the page), beside the vocoder's, so that takes are measured while the next one is made. Every
 * promise rejects with a `ProblemError`, or with an AbortError when its signal was aborted.
 */
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'

/** Mono audio. `samples` nominally in [-1, 1]. */
export type Audio = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

/** How the numbers in a mel file are to be read; every field can be overridden by the user. */
export type MelReading = {
  /** Which axis of the array holds the bands. */
  readonly bandAxis: 0 | 1
  readonly values: 'ln' | 'log10' | 'log10-power' | 'db' | 'lmnt' | 'symmetric-4' | 'normalised'
  /** Analysis settings that an array cannot show; the model's own unless a producer's config says otherwise. */
  readonly convention: MelConvention
  /** Per-band mean and deviation, for `normalised` values. */
  readonly statistics?: { readonly mean: readonly number[]; readonly deviation: readonly number[] }
}

export type MelFileReport = {
  /** For people, such as "Tacotron 2 / HiFi-GAN: natural logarithm, floor 1e-5". */
  readonly recognisedAs: string
  readonly reading: MelReading
  /** What was taken for granted because the file cannot show it. */
  readonly assumed: readonly string[]
  /** Whether the values were taken as they are, converted by exact algebra, or approximated through another filterbank. */
  readonly conversion: 'none' | 'exact' | 'approximate'
  /** One sentence on what the conversion did; empty for 'none'. */
  readonly conversionNote: string
  /** What the user should know before synthesis: values outside the training range, and the like. */
  readonly warnings: readonly string[]
  /** A question that must be answered before the mel can be used (axis, statistics), else absent. */
  readonly question?: string
  /** Shape as stored. */
  readonly shape: readonly number[]
}

/** `mel` is in the convention asked for; present whenever `report.question` is absent. */
export type OpenedMel = { readonly mel?: MelSpectrogram; readonly report: MelFileReport }

/** What a file's content says it is; types are told by content, not by name. */
export type FileKind = 'mel' | 'wav' | 'other-audio'

/** dB relative to full scale, frame-major [frames, bins], with the axes to label it. */
export type Spectrogram = {
  readonly frames: number
  readonly bins: number
  readonly hopSeconds: number
  readonly highHz: number
  readonly levelsDb: Float32Array<ArrayBuffer>
}

/** The figures of one output against a recording; units as in docs/quality.md. */
export type Figures = {
  readonly melMae: number
  readonly lsdDb: number
  readonly mrstft: number
  readonly mcd13Db: number
  readonly stoi: number
  readonly hfDb: number
  readonly levelDb: number
}

export type WavEncoding = 'pcm16' | 'pcm24' | 'float32'

export type AnalysisOptions = {
  readonly signal?: AbortSignal
  /** 0..1. */
  readonly onProgress?: (fraction: number) => void
}

export interface Analysis {
  /** Tells the kind of a file; refuses what is neither a mel nor audio (pickles, text, ...) with a remedy. */
  identify(file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<FileKind>
  /** Reads a mel file (npy, npz, safetensors, json), recognises its convention and converts it to `target`. */
  openMel(input: {
    readonly name: string
    readonly bytes: Uint8Array<ArrayBuffer>
    readonly target: MelConvention
    /** The producer's configuration (JSON or YAML), where the user gave one. */
    readonly producerConfig?: string
    /** The user's corrections of what was recognised. */
    readonly override?: Partial<MelReading>
  }): Promise<OpenedMel>
  /** First channel of a WAV file, at its own rate. */
  decodeWav(file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }): Promise<Audio>
  /** Resampled to the convention's rate and cut to whole frames, with its mel: copy synthesis. */
  analyse(input: { readonly audio: Audio; readonly convention: MelConvention }): Promise<{
    readonly audio: Audio
    readonly mel: MelSpectrogram
  }>
  spectrogram(audio: Audio): Promise<Spectrogram>
  griffinLim(
    input: { readonly mel: MelSpectrogram; readonly convention: MelConvention; readonly seed: number },
    options?: AnalysisOptions,
  ): Promise<Audio>
  /** All figures of tools/score.py but PESQ. */
  compare(
    input: { readonly reference: Audio; readonly output: Audio },
    options?: AnalysisOptions,
  ): Promise<Figures>
  /** Where there is no recording: mean |difference| in nats between the mel of `audio` and the input mel. */
  melError(input: {
    readonly mel: MelSpectrogram
    readonly convention: MelConvention
    readonly audio: Audio
  }): Promise<number>
  /** Integrated loudness, BS.1770, LUFS; -Infinity for silence. */
  loudnessLufs(audio: Audio): Promise<number>
  encodeWav(input: {
    readonly audio: Audio
    readonly encoding: WavEncoding
  }): Promise<Uint8Array<ArrayBuffer>>
  /** As npy, float32, [bands, frames]: the layout that HiFi-GAN and Tacotron 2 read. */
  encodeMel(mel: MelSpectrogram): Promise<Uint8Array<ArrayBuffer>>
  dispose(): void
}
