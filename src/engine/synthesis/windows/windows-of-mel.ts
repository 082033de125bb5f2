/** The windows in which an utterance is processed by what needs a halo, such as the prior. */
import type * as tf from '@tensorflow/tfjs'
import type { MelSpectrogram } from '../../../dsp/mel/mel-spectrogram.ts'
import { type ChunkLimits, planChunks } from './chunk-plan.ts'

export type MelWindow = {
  readonly mel: MelSpectrogram
  /** The first sample of the result that is exact. */
  readonly start: number
  /** The window's part of samples of the whole utterance. */
  ofWindow(whole: Float32Array): Float32Array
  ofWindow(whole: tf.Tensor2D): tf.Tensor2D
  /** The samples of the window's result that are exact: the window without its halo. */
  exact(result: tf.Tensor2D): tf.Tensor2D
  /** The window's part of one value per frame. */
  frames<Values extends Float32Array>(perFrame: Values): Float32Array
}

export function windowsOfMel(
  { frames, bands, values }: MelSpectrogram,
  hopSamples: number,
  limits: ChunkLimits,
): MelWindow[] {
  const { windowFrames, chunks } = planChunks(frames, limits)
  return chunks.map(({ windowStart, start, end }) => {
    const windowEnd = windowStart + windowFrames
    const cut = (of: tf.Tensor2D, first: number, count: number) =>
      of.slice<tf.Tensor2D>([0, first * hopSamples], [1, count * hopSamples])
    function ofWindow(whole: Float32Array): Float32Array
    function ofWindow(whole: tf.Tensor2D): tf.Tensor2D
    function ofWindow(whole: Float32Array | tf.Tensor2D) {
      if (whole instanceof Float32Array)
        return whole.subarray(windowStart * hopSamples, windowEnd * hopSamples)
      return cut(whole, windowStart, windowFrames)
    }
    return {
      mel: { frames: windowFrames, bands, values: values.subarray(windowStart * bands, windowEnd * bands) },
      start: start * hopSamples,
      ofWindow,
      exact: (result) => cut(result, start - windowStart, end - start),
      frames: (perFrame) => perFrame.subarray(windowStart, windowEnd),
    }
  })
}
