/**
 * y = x where x is positive, otherwise slope * x. tfjs has this operation, but as a scalar loop on wasm; a kernel of
 * our own lets each backend use its fastest form.
 */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient } from './kernel-arguments.ts'

export const leakyReluKernel = 'VocoderLeakyRelu'

/** Any shape whose last axis is the channels; slope in (0, 1]. The caller disposes the result. Differentiable. */
export function leakyRelu(x: tf.Tensor3D, slope: number): tf.Tensor3D {
  return tf.engine().runKernel<tf.Tensor3D>(leakyReluKernel, { x }, { slope })
}

tf.registerGradient({
  kernelName: leakyReluKernel,
  inputsToSave: ['x'],
  gradFunc(gradient, [x], attributes) {
    return { x: () => singleGradient(gradient).mul(tf.step(x, numberAttribute(attributes, 'slope'))) }
  },
})
