/**
 * The work on signals and files that needs no network but takes too long for the main thread: reading mel files, mel
 * spectrograms, Griffin-Lim, figures, loudness, spectrogram pictures. One implementation runs in the calling thread
 * (tests), the other in a worker of its own (the page), so that takes are measured while the vocoder's worker makes the
 * next one. Every promise rejects with a `ProblemError`, or with an AbortError if its signal was aborted.
 */
import type { Problem } from '../base/problem.ts'
import type { YieldOptions } from '../base/yielder.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import type { ChannelReport } from '../dsp/signals/mix-down.ts'
import type { Levelled } from '../dsp/signals/recording-level.ts'
import type { Spectrogram } from '../dsp/spectra/spectrogram.ts'
import type { AudioContainer } from '../io/audio-containers/audio-container.ts'
import type { MelReading, OpenedMel } from '../io/mel/mel-reading.ts'
import type { MelFileInput } from '../io/mel/open-mel.ts'
import type { WavEncoding } from '../io/wav/wav-writer.ts'
import type { Figures } from '../metrics/compare.ts'
import type { Difference } from '../metrics/difference.ts'

export type { ChannelReport } from '../dsp/signals/mix-down.ts'
export type { Spectrogram } from '../dsp/spectra/spectrogram.ts'
export type { MelFileReport, MelReading } from '../io/mel/mel-reading.ts'
export type { WavEncoding } from '../io/wav/wav-writer.ts'
export type { Figures } from '../metrics/compare.ts'
export type { Difference } from '../metrics/difference.ts'

/** Mono audio. `samples` nominally in [-1, 1]. */
export type Audio = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

/** A recording as mono audio, with a report on the channels of its file. */
export type Recording = Audio & {
  readonly channels: ChannelReport
  /** Present if the file ends before the length that its header states. */
  readonly missingSeconds?: number
}

/** A file on the disk or in memory; the analysis reads only the bytes that it needs. */
export type SourceFile = {
  readonly name: string
  readonly blob: Blob
  /** The only channel of audio to use, counted from 0; by default the channels are mixed. */
  readonly channel?: number
}

/** `leftOut` names the files of a zip that are neither mels nor recordings, nor belong to a mel; hidden ones are not named. */
export type UnpackedZip = { readonly files: readonly SourceFile[]; readonly leftOut: readonly string[] }

/** Whether the level of audio stays as it is, however loud or quiet. */
type LevelOption = { readonly keepLevel?: boolean }

export type OpenInput = SourceFile &
  Omit<MelFileInput, 'bytes'> &
  LevelOption & {
    /**
     * The user's corrections of another mel file, and how that one was recognised. They apply to a mel that leaves a
     * question open, or that is recognised as that one was.
     */
    readonly corrected?: { readonly override: Partial<MelReading>; readonly recognised: MelReading }
  }

/** The change of the level of a recording; see dsp/signals/recording-level.ts. */
export type LevelChange = Pick<Levelled, 'gainDb' | 'clippedPlaces'>

/** Audio at a convention's sampling rate, in whole frames, and its mel. */
export type AnalysedAudio = LevelChange & { readonly audio: Audio; readonly mel: MelSpectrogram }

/**
 * Audio that only the browser can decode: all formats except WAV and AIFF. `container` holds its headers, if they could
 * be read.
 */
export type EncodedAudio = { readonly kind: 'encoded-audio'; readonly container?: AudioContainer }

export type OpenedFile =
  | ({ readonly kind: 'mel' } & OpenedMel)
  | ({
      readonly kind: 'audio'
      readonly fileRateHz: number
    } & Omit<Recording, keyof Audio> &
      AnalysedAudio)
  | EncodedAudio

export type DecodedFile =
  | { readonly kind: 'audio'; readonly recording: Recording }
  | { readonly kind: 'mel' }
  | EncodedAudio

/** The reference of a measurement: a recording of the same words, or the mel from which the audio was synthesized. */
export type Reference =
  | { readonly recording: Audio }
  | {
      readonly mel: MelSpectrogram
      readonly convention: MelConvention
      /** The magnitudes of the recording, where only these are published. */
      readonly magnitudes?: Spectrogram
      readonly frames?: FrameRange
    }

/** The frames of a mel that count; the others only surround them. */
export type FrameRange = { readonly first: number; readonly end: number }

/**
 * `melErrorNats` is the mean |difference| between the mel of the audio and the reference mel, `lsdDb` the log-spectral
 * distance to the recording's magnitudes, if they are known.
 */
export type Quality =
  | { readonly against: 'recording'; readonly figures: Figures }
  | { readonly against: 'mel'; readonly melErrorNats: number; readonly lsdDb?: number }

export type Levels = {
  /** Integrated loudness by BS.1770; -Infinity for silence. */
  readonly loudnessLufs: number
  readonly spectrogram: Spectrogram
  /** The highest level in the spectrogram. */
  readonly peakDb: number
}

export type Comparison = {
  /** Absent if there is a `problem`. */
  readonly quality?: Quality
  /** The reason why the audio could not be compared with the reference: one is silent, or shorter than a frame. */
  readonly problem?: Problem
}

export interface Analysis {
  /**
   * Opens a file by its content. Converts a mel to `target`, and reports how it was read; reads a WAV or AIFF file and
   * analyses it as `analyse` does. Rejects a file that is neither (a pickle, text), with a remedy, and a recording that
   * is too long, by its first bytes.
   */
  open(input: OpenInput): Promise<OpenedFile>
  /** Opens a file as `open` does, but for its audio alone, at its own level and sampling rate. */
  decode(file: SourceFile): Promise<DecodedFile>
  /** Unpacks the mels, the recordings and the configurations of a zip. Rejects a zip that holds none of them. */
  unpack(file: SourceFile): Promise<UnpackedZip>
  /**
   * Prepares audio for copy synthesis: brings what is far too loud or too quiet to the level of speech, resamples to the
   * convention's rate, cuts to whole frames and computes the mel.
   */
  analyse(
    input: { readonly audio: Audio; readonly convention: MelConvention } & LevelOption,
  ): Promise<AnalysedAudio>
  /** Measures loudness and spectrogram. */
  measure(input: { readonly audio: Audio }): Promise<Levels>
  /** Measures the quality against a reference, which takes far longer: all the scorer's figures except PESQ. */
  compare(
    input: { readonly audio: Audio; readonly against: Reference },
    options?: { readonly signal?: AbortSignal },
  ): Promise<Comparison>
  griffinLim(
    input: { readonly mel: MelSpectrogram; readonly convention: MelConvention; readonly seed: number },
    options?: YieldOptions,
  ): Promise<Audio>
  /** Reads the magnitude spectrogram of an example's recording. */
  openReference(file: SourceFile): Promise<Spectrogram>
  /**
   * Levels of `of` minus levels of `from`, in dB, over the duration that both cover, at the sampling rate of `from`.
   */
  difference(input: { readonly of: Audio; readonly from: Audio }): Promise<Difference>
  /** The log-mel of `audio` minus the mel that it was synthesized from, in nats. */
  melDifference(input: {
    readonly mel: MelSpectrogram
    readonly convention: MelConvention
    readonly audio: Audio
    readonly frames?: FrameRange
  }): Promise<Difference>
  /** Low-pass filters at `cutoffHz` without delay, to make an anchor of a listening test (ITU-R BS.1534-3, 5.1). */
  lowPass(input: { readonly audio: Audio; readonly cutoffHz: number }): Promise<Audio>
  /** The hash of the samples as little-endian float32, in lower-case hexadecimal; it identifies the exact audio. */
  sha256(audio: Audio): Promise<string>
  encodeWav(input: {
    readonly audio: Audio
    readonly encoding: WavEncoding
  }): Promise<Uint8Array<ArrayBuffer>>
  /** Encodes as npy, float32, [bands, frames], the layout that HiFi-GAN and Tacotron 2 read. */
  encodeMel(mel: MelSpectrogram): Promise<Uint8Array<ArrayBuffer>>
  dispose(): void
}
