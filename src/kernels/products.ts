/** The products over channels of a ConvNeXt block, each with its neighbours in one pass where the backend allows it. */
import type * as tf from '@tensorflow/tfjs'
import { conv1d } from './conv1d.ts'
import { normalise, normEpsilon } from './frames/normalise.ts'
import { silu } from './frames/silu.ts'
import { fused } from './fused.ts'

export const normalisedProductKernel = 'VocoderNormalisedProduct'
export const residualProductKernel = 'VocoderResidualProduct'

/** filter [1, inputs, outputs], bias [outputs]. */
type Weights = { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D }

/**
 * Layer normalisation of x [batch, time, inputs] and the product that absorbed its gains and offsets, followed by SiLU if
 * `activated` -> [batch, time, outputs]. Differentiable. The caller disposes.
 */
export function normalisedProduct(
  x: tf.Tensor3D,
  { filter, bias }: Weights,
  { activated = false } = {},
): tf.Tensor3D {
  const attributes = { epsilon: normEpsilon, activated: Number(activated) }
  return fused(normalisedProductKernel, { x, filter, bias }, attributes, () => {
    const product = conv1d(normalise(x), filter, bias)
    return activated ? silu(product) : product
  })
}

/** residual [batch, time, outputs] + the product of x [batch, time, inputs]. Differentiable. The caller disposes. */
export function residualProduct(
  x: tf.Tensor3D,
  { filter, bias }: Weights,
  residual: tf.Tensor3D,
): tf.Tensor3D {
  return fused(residualProductKernel, { x, filter, bias, residual }, {}, () =>
    conv1d(x, filter, bias, { residual }),
  )
}
