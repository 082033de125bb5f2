/**
 * The network's noise-level input, sqrt(alpha-bar): a sinusoidal encoding added to every sample (WaveGrad, section 3).
 * Levels are plain numbers, since the schedule is not a tensor, and the encoding is computed on the host: at a scale of
 * 5,000 the angles far exceed the range in which a GPU's sine is accurate.
 */
import * as tf from '@tensorflow/tfjs'
import { singleGradient } from './kernel-arguments.ts'

export const addNoiseLevelKernel = 'VocoderAddNoiseLevel'

/**
 * x [batch, time, channels] + the encoding of one level per batch item, each in [0, 1]. The caller disposes the result.
 * Differentiable in x.
 */
export function addNoiseLevel(x: tf.Tensor3D, levels: readonly number[], scale: number): tf.Tensor3D {
  if (levels.length !== x.shape[0])
    throw new Error(`addNoiseLevel: ${levels.length} levels for a batch of ${x.shape[0]}`)
  return tf.engine().runKernel<tf.Tensor3D>(addNoiseLevelKernel, { x }, { levels: [...levels], scale })
}

/**
 * The sine, then the cosine, of scale * level * 10^(-4 k / (channels / 2)), k = 0 .. channels / 2 - 1; `channels` is
 * even. The angles, up to 5,000, are rounded to float32 at each operation, as they were in training.
 */
export function encodeNoiseLevel(level: number, channels: number, scale: number): Float32Array {
  const half = channels / 2
  const encoding = new Float32Array(channels)
  for (let k = 0; k < half; k++) {
    const frequency = Math.fround(10 ** Math.fround(k * Math.fround(-4 / half)))
    const angle = Math.fround(Math.fround(scale * Math.fround(level)) * frequency)
    encoding[k] = Math.sin(angle)
    encoding[half + k] = Math.cos(angle)
  }
  return encoding
}

tf.registerGradient({
  kernelName: addNoiseLevelKernel,
  gradFunc: (gradient) => ({ x: () => singleGradient(gradient).clone() }),
})
