/** The block of both frame networks, on [batch, frames, channels]. Python counterpart: pretrain/networks/blocks.py. */
import * as tf from '@tensorflow/tfjs'
import { depthwise } from '../../../kernels/frames/depthwise.ts'
import { normalise } from '../../../kernels/frames/normalise.ts'
import { normalisedProduct, residualProduct } from '../../../kernels/products.ts'
import type { BlockParameters } from './parameters.ts'

/**
 * A ConvNeXt block: a depthwise convolution over frames, then two products over channels (Vocos, arXiv 2306.00814). The
 * caller disposes the result.
 */
export function convNeXtBlock(
  x: tf.Tensor3D,
  { depthwise: spread, widen, narrow }: BlockParameters,
): tf.Tensor3D {
  return tf.tidy(() => {
    const mixed = depthwise(x, spread.filter, spread.bias)
    const wide = normalisedProduct(mixed, widen, { activated: true })
    return residualProduct(wide, narrow, x)
  })
}

/**
 * Applies the blocks in order, then the norm, whose gains are part of the following products. The caller disposes the
 * result, and x.
 */
export function trunk(x: tf.Tensor3D, blocks: readonly BlockParameters[]): tf.Tensor3D {
  return tf.tidy(() => normalise(blocks.reduce(convNeXtBlock, x)))
}
