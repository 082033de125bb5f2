/**
 * Feature-wise modulation and the activation that always follows it (WaveGrad, arXiv 2009.00713, section 3):
 * y = leakyReLU(shift + scale * x), one pass over memory where the backend allows it.
 */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, singleGradient } from './kernel-arguments.ts'

export const filmLeakyReluKernel = 'VocoderFilmLeakyRelu'

/** What FiLM says of a UBlock's samples; both [batch, time, channels]. */
export type Modulation = { readonly shift: tf.Tensor3D; readonly scale: tf.Tensor3D }

/** x, shift and scale all [batch, time, channels]; slope in (0, 1]. The caller disposes the result. Differentiable in all. */
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
    // The slope is positive, so that y has the sign of what leaky ReLU was given.
    const before = singleGradient(gradient).mul(tf.step(y, numberAttribute(attributes, 'slope')))
    return { x: () => before.mul(scale), shift: () => before.clone(), scale: () => before.mul(x) }
  },
})
