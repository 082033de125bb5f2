/** y = x * sigmoid(x) (Elfwing et al. 2018), in one pass if the backend allows it. */
import * as tf from '@tensorflow/tfjs'
import { singleGradient } from '../kernel-arguments.ts'

export const siluKernel = 'VocoderSilu'
export const siluGradientKernel = 'VocoderSiluGradient'

/** Any shape. The caller disposes the result. Differentiable. */
export function silu(x: tf.Tensor3D): tf.Tensor3D {
  return tf.engine().runKernel<tf.Tensor3D>(siluKernel, { x })
}

tf.registerGradient({
  kernelName: siluKernel,
  inputsToSave: ['x'],
  gradFunc(gradient, [x]) {
    const dy = singleGradient(gradient)
    return { x: () => tf.engine().runKernel<tf.Tensor>(siluGradientKernel, { x, dy }) }
  },
})
