/**
 * Feature-wise linear modulation and the activation that always follows it (WaveGrad, arXiv 2009.00713, section 3):
 * y = leakyReLU(shift + scale * x), in one pass over memory if the backend allows it.
 */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient } from './kernel-arguments.ts'

export const filmLeakyReluKernel = 'VocoderFilmLeakyRelu'

/** The output of FiLM for a UBlock; both tensors are [batch, time, channels]. */
export type Modulation = { readonly shift: tf.Tensor3D; readonly scale: tf.Tensor3D }

/**
 * x, shift and scale all [batch, time, channels]; slope in (0, 1]. The caller disposes the result. Differentiable in
 * all.
 */
export function filmLeakyRelu(x: tf.Tensor3D, { shift, scale }: Modulation, slope: number): tf.Tensor3D {
  for (const other of [shift, scale])
    if (String(other.shape) !== String(x.shape))
      throw new Error(`filmLeakyRelu: [${other.shape}] does not fit x [${x.shape}]`)
  return tf.engine().runKernel<tf.Tensor3D>(filmLeakyReluKernel, { x, shift, scale }, { slope })
}

tf.registerGradient({
  kernelName: filmLeakyReluKernel,
  inputsToSave: ['x', 'scale'],
  outputsToSave: [true],
  gradFunc(gradient, [x, scale, y], attributes) {
    // The slope is positive, so y has the sign of the input of leaky ReLU.
    const before = singleGradient(gradient).mul(tf.step(y, numberAttribute(attributes, 'slope')))
    return { x: () => before.mul(scale), shift: () => before.clone(), scale: () => before.mul(x) }
  },
})
