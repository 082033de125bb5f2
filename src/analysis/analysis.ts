/**
 * The work on signals and files that needs no network but takes too long for the main thread: reading mel files, mel
 * spectrograms, Griffin-Lim, figures, loudness, spectrogram pictures. One implementation runs in the calling thread
 * (tests), the other in a worker of its own (the page), so that takes are measured while the vocoder's worker makes the
 * next one. Every promise rejects with a `ProblemError`, or with an AbortError if its signal was aborted.
 */
import type { YieldOptions } from '../base/yielder.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { ChannelReport } from '../dsp/mix-down.ts'
import type { Levelled } from '../dsp/recording-level.ts'
import type { Spectrogram } from '../dsp/spectrogram.ts'
import type { AudioContainer } from '../io/audio-containers/audio-container.ts'
import type { OpenedMel } from '../io/mel/mel-reading.ts'
import type { MelFileInput } from '../io/mel/open-mel.ts'
import type { WavEncoding } from '../io/wav/wav-writer.ts'
import type { Figures } from '../metrics/compare.ts'
import type { Difference } from '../metrics/difference.ts'

export type { ChannelReport } from '../dsp/mix-down.ts'
export type { Spectrogram } from '../dsp/spectrogram.ts'
export type { MelFileReport, MelReading, OpenedMel } from '../io/mel/mel-reading.ts'
export type { WavEncoding } from '../io/wav/wav-writer.ts'
export type { Figures } from '../metrics/compare.ts'
export type { Difference } from '../metrics/difference.ts'

/** Mono audio. `samples` nominally in [-1, 1]. */
export type Audio = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

/** A recording as mono audio, with what became of the channels of its file. */
export type Recording = Audio & { readonly channels: ChannelReport }

/** A recording at the level of speech; see dsp/recording-level.ts. */
export type LevelledRecording = Pick<Levelled, 'gainDb' | 'clippedPlaces'> & { readonly audio: Audio }

/** A file on the disk or in memory, of which the worker reads what it needs. */
export type SourceFile = { readonly name: string; readonly blob: Blob }

/** The kind of a file, decided by its content and not by its name. `pcm` is audio that the analysis reads itself. */
export type FileKind = 'mel' | 'pcm' | 'other-audio'

export interface Analysis {
  /** Identifies the kind of a file. Rejects a file that is neither a mel nor audio (a pickle, text), with a remedy. */
  identify(file: SourceFile): Promise<FileKind>
  /** Reads a mel file (npy, npz, safetensors, json), recognises its convention and converts it to `target`. */
  openMel(input: MelFileInput): Promise<OpenedMel>
  /**
   * Reads a WAV or AIFF file, at the file's sampling rate.
   * @param channel the only channel to use, counted from 0; by default the channels are mixed.
   */
  decodePcm(file: SourceFile & { readonly channel?: number }): Promise<Recording>
  /** Reads the headers of audio that the browser decodes; undefined for an unknown container. */
  probeAudio(file: SourceFile): Promise<AudioContainer | undefined>
  /** Brings a recording that is far too loud or too quiet to the level of speech, for copy synthesis. */
  levelRecording(audio: Audio): Promise<LevelledRecording>
  /** Resamples to the convention's rate, cuts to whole frames and computes the mel, for copy synthesis. */
  analyse(input: { readonly audio: Audio; readonly convention: MelConvention }): Promise<{
    readonly audio: Audio
    readonly mel: MelSpectrogram
  }>
  spectrogram(audio: Audio): Promise<Spectrogram>
  griffinLim(
    input: { readonly mel: MelSpectrogram; readonly convention: MelConvention; readonly seed: number },
    options?: YieldOptions,
  ): Promise<Audio>
  /** Computes all figures of the project's scorer except PESQ. */
  compare(
    input: { readonly reference: Audio; readonly output: Audio },
    options?: YieldOptions,
  ): Promise<Figures>
  /** Mean |difference| in nats between the mel of `audio` and the input mel, for sources without a recording. */
  melError(input: {
    readonly mel: MelSpectrogram
    readonly convention: MelConvention
    readonly audio: Audio
  }): Promise<number>
  /**
   * Levels of `of` minus levels of `from`, in dB, over the duration that both cover, at the sampling rate of `from`.
   */
  difference(input: { readonly of: Audio; readonly from: Audio }): Promise<Difference>
  /** The log-mel of `audio` minus the mel that it was synthesized from, in nats. */
  melDifference(input: {
    readonly mel: MelSpectrogram
    readonly convention: MelConvention
    readonly audio: Audio
  }): Promise<Difference>
  /** Low-pass filters at `cutoffHz` without delay, to make an anchor of a listening test (ITU-R BS.1534-3, 5.1). */
  lowPass(input: { readonly audio: Audio; readonly cutoffHz: number }): Promise<Audio>
  /** The hash of the samples as little-endian float32, in lower-case hexadecimal; it identifies the exact audio. */
  sha256(audio: Audio): Promise<string>
  /** Integrated loudness by BS.1770, in LUFS; -Infinity for silence. */
  loudnessLufs(audio: Audio): Promise<number>
  encodeWav(input: {
    readonly audio: Audio
    readonly encoding: WavEncoding
  }): Promise<Uint8Array<ArrayBuffer>>
  /** Encodes as npy, float32, [bands, frames], the layout that HiFi-GAN and Tacotron 2 read. */
  encodeMel(mel: MelSpectrogram): Promise<Uint8Array<ArrayBuffer>>
  dispose(): void
}
