/**
 * The weights in the form that the frame network uses: every product is a convolution of one tap whose weights absorb
 * the gains of the preceding norm and the following scale. Computed once for synthesis, and within each step for
 * training.
 */
import * as tf from '@tensorflow/tfjs'
import { type Convolution, convolutionOf, type Weights, weightOf } from '../../weights.ts'
import type { FrameShape } from './shape.ts'

/** A convolution or a product, and the names of the weights that it is computed from. */
export type Product = Convolution & { readonly sources: readonly string[] }

export type BlockParameters = {
  readonly depthwise: Product
  readonly widen: Product
  readonly narrow: Product
}

export type FrameParameters = {
  readonly enterMel: Product
  readonly enterExcitation: Product
  readonly enterSignal: Product
  readonly enterLevel: Product
  /** Gain and offset, both [channels]. */
  readonly enterNorm: { readonly gain: tf.Tensor; readonly offset: tf.Tensor }
  readonly blocks: readonly BlockParameters[]
  /** Gain and offset of its norm are absorbed into both products that follow it. */
  readonly leave: Product
  readonly refinement?: RefinementParameters
}

export type RefinementParameters = {
  readonly enter: Product
  readonly context: Product
  readonly block: BlockParameters
  readonly leave: Product
  /** [bands]. */
  readonly strength: { readonly tensor: tf.Tensor; readonly sources: readonly string[] }
}

export type PitchParameters = {
  readonly enter: Product
  readonly blocks: readonly BlockParameters[]
  readonly leave: Product
}

/** To be called within a tidy; otherwise the caller disposes the tensors that are not weights. */
export function frameParameters(
  weights: Weights,
  { blocks, refinement }: Pick<FrameShape, 'blocks' | 'refinement'>,
): FrameParameters {
  return {
    enterMel: convolution(weights, 'enter_mel'),
    enterExcitation: product(weights, 'enter_excitation'),
    enterSignal: product(weights, 'enter_signal'),
    enterLevel: product(weights, 'enter_level'),
    enterNorm: { gain: weightOf(weights, 'enter_norm.weight'), offset: weightOf(weights, 'enter_norm.bias') },
    blocks: trunkParameters(weights, '', blocks),
    leave: product(weights, 'leave', { norm: 'leave_norm' }),
    ...(refinement && { refinement: refinementParameters(weights) }),
  }
}

function refinementParameters(weights: Weights): RefinementParameters {
  return {
    enter: product(weights, 'refinement.enter'),
    context: product(weights, 'refinement.context', { norm: 'leave_norm' }),
    block: blockParameters(weights, 'refinement.block'),
    leave: product(weights, 'refinement.leave', { norm: 'refinement.norm' }),
    strength: { tensor: weightOf(weights, 'refinement.strength'), sources: ['refinement.strength'] },
  }
}

/** Like `frameParameters`, for the pitch network. */
export function pitchParameters(weights: Weights, blocks: number): PitchParameters {
  return {
    enter: product(weights, 'pitch.enter'),
    blocks: trunkParameters(weights, 'pitch.', blocks),
    leave: product(weights, 'pitch.leave', { norm: 'pitch.norm' }),
  }
}

function trunkParameters(weights: Weights, prefix: string, count: number): BlockParameters[] {
  return Array.from({ length: count }, (_, index) => blockParameters(weights, `${prefix}blocks.${index}`))
}

function blockParameters(weights: Weights, name: string): BlockParameters {
  return {
    depthwise: convolution(weights, `${name}.depthwise`),
    widen: product(weights, `${name}.widen`, { norm: `${name}.norm` }),
    narrow: product(weights, `${name}.narrow`, { scale: `${name}.scale` }),
  }
}

function convolution(weights: Weights, name: string): Product {
  return { ...convolutionOf(weights, name), sources: [`${name}.weight`, `${name}.bias`] }
}

/** filter [1, inputs, outputs] and bias [outputs] of scale * (W (gains * x + offsets) + b). */
function product(
  weights: Weights,
  name: string,
  { norm, scale }: { readonly norm?: string; readonly scale?: string } = {},
): Product {
  const names = [name, ...(norm ? [norm] : [])].flatMap((of) => [`${of}.weight`, `${of}.bias`])
  const tensors = tf.tidy(() => {
    let matrix = weightOf(weights, `${name}.weight`) // [inputs, outputs]
    let bias = weightOf(weights, `${name}.bias`)
    const [inputs, outputs] = matrix.shape
    if (norm) {
      const [gains, offsets] = [weightOf(weights, `${norm}.weight`), weightOf(weights, `${norm}.bias`)]
      bias = bias.add(offsets.reshape([inputs, 1]).mul(matrix).sum(0))
      matrix = matrix.mul(gains.reshape([inputs, 1]))
    }
    if (scale) {
      const factors = weightOf(weights, scale)
      matrix = matrix.mul(factors)
      bias = bias.mul(factors)
    }
    return { filter: matrix.as3D(1, inputs, outputs), bias: bias.as1D() }
  })
  return { ...tensors, sources: scale ? [...names, scale] : names }
}

/** The tensors that are differentiated, each with the names of its weights, always in the same order. */
export function differentiable({
  enterNorm,
  blocks,
  refinement,
  ...entries
}: FrameParameters): { readonly tensor: tf.Tensor; readonly sources: readonly string[] }[] {
  const allBlocks = refinement ? [...blocks, refinement.block] : blocks
  const products = [
    ...Object.values(entries),
    ...(refinement ? [refinement.enter, refinement.context, refinement.leave] : []),
    ...allBlocks.flatMap(({ depthwise, widen, narrow }) => [depthwise, widen, narrow]),
  ]
  return [
    ...(refinement ? [refinement.strength] : []),
    { tensor: enterNorm.gain, sources: ['enter_norm.weight'] },
    { tensor: enterNorm.offset, sources: ['enter_norm.bias'] },
    ...products.flatMap(({ filter, bias, sources }) => [
      { tensor: filter, sources },
      { tensor: bias, sources },
    ]),
  ]
}
