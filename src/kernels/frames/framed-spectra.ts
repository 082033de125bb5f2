/**
 * Spectra of the overlapping frames of a signal, and the transpose of that linear map; each is the gradient of the
 * other. stft.ts pads the signal and derives the inverse from the transpose.
 */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient, tensorInput } from '../kernel-arguments.ts'

export const spectraKernel = 'VocoderSpectra'
export const spectraTransposedKernel = 'VocoderSpectraTransposed'

/** Real and imaginary parts, each [batch * frames, fftSize / 2 + 1]. */
export type Spectra = { readonly re: tf.Tensor2D; readonly im: tf.Tensor2D }

/** Frame k of a signal begins at its sample k * hop. */
export type FrameGrid = { readonly frames: number; readonly hopSamples: number }

/** Returns three rows, [3, fftSize]: the window, and the cosines and sines of a full turn in fftSize steps. */
export function framedTable(window: Float64Array): tf.Tensor2D {
  const turn = (wave: (angle: number) => number) =>
    Array.from(window, (_, n) => wave((2 * Math.PI * n) / window.length))
  return tf.tensor2d([[...window], turn(Math.cos), turn(Math.sin)])
}

/** Number of samples from the start of the first frame to the end of the last. */
export function gridSamples({ frames, hopSamples }: FrameGrid, fftSize: number): number {
  return (frames - 1) * hopSamples + fftSize
}

/** Transforms the windowed frames of x [batch, gridSamples]; fftSize is a power of two. The caller disposes the result. */
export function framedSpectra(
  x: tf.Tensor2D,
  table: tf.Tensor2D,
  { frames, hopSamples }: FrameGrid,
): Spectra {
  const [re, im] = tf.engine().runKernel<tf.Tensor2D[]>(spectraKernel, { x, table }, { frames, hopSamples })
  return { re, im }
}

/**
 * spectra -> [batch, gridSamples]: each frame is the sum of re cos - im sin over the bins, each counted once, times the
 * window; overlapping frames are added. The caller disposes.
 */
export function framedSpectraTransposed(
  { re, im }: Spectra,
  table: tf.Tensor2D,
  { frames, hopSamples }: FrameGrid,
): tf.Tensor2D {
  return tf
    .engine()
    .runKernel<tf.Tensor2D>(spectraTransposedKernel, { re, im, table }, { frames, hopSamples })
}

/**
 * Returns the sizes of a call of either kernel, or of one of stft.ts. Throws if they do not fit, which is a defect of the
 * caller.
 */
export function framedSizes(inputs: tf.NamedTensorInfoMap, attributes: tf.NamedAttrMap | undefined) {
  const frames = numberAttribute(attributes, 'frames')
  const hopSamples = numberAttribute(attributes, 'hopSamples')
  const fftSize = tensorInput(inputs, 'table').size / 3
  const [bins, samples] = [fftSize / 2 + 1, gridSamples({ frames, hopSamples }, fftSize)]
  const given = tensorInput(inputs, ['signal', 'x', 're'].find((name) => name in inputs) ?? 'x')
  const batch = 'signal' in inputs ? given.shape[0] : given.size / ('x' in inputs ? samples : frames * bins)
  if (!Number.isInteger(batch) || !Number.isInteger(Math.log2(fftSize)))
    throw new Error(`Frames of ${fftSize} do not fit into [${given.shape}]`)
  return { batch, frames, hopSamples, fftSize, bins, samples }
}

tf.registerGradient({
  kernelName: spectraKernel,
  inputsToSave: ['table'],
  gradFunc(gradients, [table], attributes) {
    const [re, im] = Array.isArray(gradients) ? gradients : [gradients]
    return {
      x: () => tf.engine().runKernel<tf.Tensor>(spectraTransposedKernel, { re, im, table }, attributes),
      table: () => tf.zerosLike(table),
    }
  },
})

tf.registerGradient({
  kernelName: spectraTransposedKernel,
  inputsToSave: ['table'],
  gradFunc(dx, [table], attributes) {
    const x = singleGradient(dx)
    // tfjs requests the gradient of both inputs, and one pass computes both.
    const [re, im] = tf.engine().runKernel<tf.Tensor[]>(spectraKernel, { x, table }, attributes)
    return { re: () => re, im: () => im, table: () => tf.zerosLike(table) }
  },
})
