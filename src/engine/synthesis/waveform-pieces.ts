/**
 * The waveform of a process that is completed from its beginning to its end. The prior shapes each piece as soon as the
 * process is complete beyond it by the prior's reach, so that the pieces equal a waveform shaped as a whole.
 */
import type { Signals } from '../../diffusion/signals.ts'
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { WaveformPiece } from '../vocoder-engine.ts'
import { checkFinite, checkSound, isSilent } from './checks/check-waveform.ts'

/** Turns the process into a waveform. */
export type WaveformShaping<Signal> = {
  readonly signals: Signals<Signal>
  readonly bands: number
  readonly hopSamples: number
  /** y_0 of the process [frames * hop] -> waveform [frames * hop], in [-1, 1]. Rejects if `betweenPasses` does. */
  waveform(process: Signal, mel: MelSpectrogram, options: ShapingOptions): Promise<Float32Array<ArrayBuffer>>
  /** Frames of context that `waveform` needs on each side of its output. */
  readonly waveformHaloFrames: number
}

export type ShapingOptions = {
  readonly betweenPasses: () => Promise<void>
  /** The voicing of each frame, 0..1; voiced corrections need it. */
  readonly voicing?: Float32Array
}

export class WaveformPieces<Signal> {
  readonly #network: WaveformShaping<Signal>
  readonly #mel: MelSpectrogram
  readonly #options: ShapingOptions
  #shapedFrames = 0
  #isSilent = true

  constructor(network: WaveformShaping<Signal>, mel: MelSpectrogram, options: ShapingOptions) {
    this.#network = network
    this.#mel = mel
    this.#options = options
  }

  /**
   * Shapes what is possible once the process, whose samples `cut` returns, is complete up to sample `end`, a multiple of
   * the hop. Returns the new piece, in an array of its own, if there is one. Throws `output-invalid`; rejects if `betweenPasses` does.
   */
  async extend(cut: (first: number, end: number) => Signal, end: number): Promise<WaveformPiece | undefined> {
    const { signals, bands, hopSamples, waveform, waveformHaloFrames: halo } = this.#network
    const { frames, values } = this.#mel
    const first = this.#shapedFrames
    const last = end === frames * hopSamples ? frames : end / hopSamples - halo
    if (last <= first) return undefined
    const [from, to] = [Math.max(0, first - halo), Math.min(frames, last + halo)]
    const mel = { frames: to - from, bands, values: values.subarray(from * bands, to * bands) }
    const process = cut(from * hopSamples, to * hopSamples)
    const { betweenPasses, voicing } = this.#options
    const shaped = await waveform(process, mel, {
      betweenPasses,
      ...(voicing && { voicing: voicing.subarray(from, to) }),
    })
    signals.release(process)
    const samples = shaped.slice((first - from) * hopSamples, (last - from) * hopSamples)
    const startSample = first * hopSamples
    checkFinite(samples, startSample)
    this.#isSilent &&= isSilent(samples)
    this.#shapedFrames = last
    return { startSample, samples }
  }

  /** Throws `output-invalid` if all pieces were silent although the mel is not; call it after the last `extend`. */
  check(): void {
    if (this.#isSilent) checkSound(this.#mel)
  }
}
