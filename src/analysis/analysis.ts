/**
 * The work on signals and files that needs no network but takes too long for the main thread: reading mel files, mel
 * spectrograms, Griffin-Lim, figures, loudness, spectrogram pictures. One implementation runs in the calling thread
 * (tests), the other in a worker of its own (the page), so that takes are measured while the vocoder's worker makes the
 * next one. Every promise rejects with a `ProblemError`, or with an AbortError if its signal was aborted.
 */
import type { YieldOptions } from '../base/yielder.ts'
import type { MelConvention, MelSpectrogram } from '../dsp/mel-spectrogram.ts'
import type { Spectrogram } from '../dsp/spectrogram.ts'
import type { OpenedMel } from '../io/mel/mel-reading.ts'
import type { MelFileInput } from '../io/mel/open-mel.ts'
import type { WavEncoding } from '../io/wav/wav-writer.ts'
import type { Figures } from '../metrics/compare.ts'
import type { Difference } from '../metrics/difference.ts'

export type { Spectrogram } from '../dsp/spectrogram.ts'
export type { MelFileReport, MelReading, OpenedMel } from '../io/mel/mel-reading.ts'
export type { WavEncoding } from '../io/wav/wav-writer.ts'
export type { Figures } from '../metrics/compare.ts'
export type { Difference } from '../metrics/difference.ts'

/** Mono audio. `samples` nominally in [-1, 1]. */
export type Audio = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

export type SourceFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

/** The kind of a file, decided by its content and not by its name. */
export type FileKind = 'mel' | 'wav' | 'other-audio'

export interface Analysis {
  /** Identifies the kind of a file. Rejects a file that is neither a mel nor audio (a pickle, text), with a remedy. */
  identify(file: SourceFile): Promise<FileKind>
  /** Reads a mel file (npy, npz, safetensors, json), recognises its convention and converts it to `target`. */
  openMel(input: MelFileInput): Promise<OpenedMel>
  /** Reads the first channel of a WAV file, at the file's sampling rate. */
  decodeWav(file: SourceFile): Promise<Audio>
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
  /** Reads the magnitude spectrogram of an example's recording. */
  openReference(file: SourceFile): Promise<Spectrogram>
  /** Log-spectral distance in dB of `audio` to a reference of which only magnitudes are known. */
  distanceToReference(input: { readonly reference: Spectrogram; readonly audio: Audio }): Promise<number>
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
