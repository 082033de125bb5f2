/** The noise of base/random.ts as a tensor. On WebGPU it is made on the device; base/random.ts is the reference. */
import * as tf from '@tensorflow/tfjs'

export const noiseKernel = 'VocoderNoise'

/**
 * Samples first .. first + length of the standard normal noise of (seed, stream), [1, length]. On WebGPU they come from
 * the same random words, and differ by less than 1e-6. The caller disposes.
 */
export function noise(seed: number, stream: number, first: number, length: number): tf.Tensor2D {
  return tf.engine().runKernel<tf.Tensor2D>(noiseKernel, {}, { seed, stream, first, length })
}
