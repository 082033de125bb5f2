/** Layer normalisation and the product that absorbed its gains and offsets, without the normalised values in memory. */
import type * as tf from '@tensorflow/tfjs'
import { conv1d } from './conv1d.ts'
import { fused } from './fused.ts'
import { normalise, normEpsilon } from './normalise.ts'
import { silu } from './silu.ts'

export const normalisedProductKernel = 'VocoderNormalisedProduct'

/**
 * x [batch, time, inputs], filter [1, inputs, outputs], bias [outputs] -> [batch, time, outputs], followed by SiLU if
 * `activated`. Differentiable. The caller disposes.
 */
export function normalisedProduct(
  x: tf.Tensor3D,
  { filter, bias }: { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D },
  { activated = false } = {},
): tf.Tensor3D {
  const attributes = { epsilon: normEpsilon, activated: Number(activated) }
  return fused(normalisedProductKernel, { x, filter, bias }, attributes, () => {
    const product = conv1d(normalise(x), filter, bias)
    return activated ? silu(product) : product
  })
}
