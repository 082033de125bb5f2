/**
 * The weights in the form that the frame network uses: every product is a convolution of one tap whose weights absorb
 * the gains of the preceding norm and the following scale. Computed once for synthesis, and within each step for
 * training.
 */
import * as tf from '@tensorflow/tfjs'
import { type Absorbing, absorbed, absorbedGradients } from '../../../kernels/absorbed.ts'
import type { NamedGradient } from '../../trained-parameters.ts'
import { type Convolution, convolutionOf, type Weights, weightOf } from '../../weights.ts'
import type { FrameShape } from './shape.ts'

/** Tensors that are differentiated together, and the weights that they are computed from. */
export type Parameter = {
  readonly tensors: readonly tf.Tensor[]
  /** Names of the weights. */
  readonly sources: readonly string[]
  /** Gradients of `tensors`, in their order -> gradients of the weights. The caller disposes, or calls it in a tidy. */
  readonly pullBack: (gradients: readonly tf.Tensor[]) => NamedGradient[]
}

/** A convolution or a product. */
export type Product = Convolution & { readonly parameter: Parameter }

export type BlockParameters = Readonly<Record<'depthwise' | 'widen' | 'narrow', Product>>

type EntranceParameters = Readonly<
  Record<'enterMel' | 'enterExcitation' | 'enterSignal' | 'enterLevel', Product>
>

export type FrameParameters = EntranceParameters & {
  /** Gain and offset, both [channels]. */
  readonly enterNorm: { readonly gain: tf.Tensor; readonly offset: tf.Tensor; readonly parameter: Parameter }
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
  readonly strength: { readonly tensor: tf.Tensor; readonly parameter: Parameter }
}

export type PitchParameters = {
  readonly enter: Product
  readonly blocks: readonly BlockParameters[]
  readonly leave: Product
}

/** Call it within a tidy; otherwise the caller disposes the tensors that are not weights. */
export function frameParameters(
  weights: Weights,
  { blocks, refinement }: Pick<FrameShape, 'blocks' | 'refinement'>,
): FrameParameters {
  return {
    enterMel: convolution(weights, 'enter_mel'),
    enterExcitation: product(weights, 'enter_excitation'),
    enterSignal: product(weights, 'enter_signal'),
    enterLevel: product(weights, 'enter_level'),
    enterNorm: normOf(weights, 'enter_norm'),
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
    strength: strengthOf(weights, 'refinement.strength'),
  }
}

function strengthOf(weights: Weights, name: string): RefinementParameters['strength'] {
  const tensor = weightOf(weights, name)
  return { tensor, parameter: asTheyAre([tensor], [name], weights) }
}

function normOf(weights: Weights, name: string): FrameParameters['enterNorm'] {
  const names = [`${name}.weight`, `${name}.bias`]
  const [gain, offset] = names.map((each) => weightOf(weights, each))
  return { gain, offset, parameter: asTheyAre([gain, offset], names, weights) }
}

/** The parameter whose tensors are the named weights, except for their shapes. */
function asTheyAre(tensors: readonly tf.Tensor[], names: readonly string[], weights: Weights): Parameter {
  return {
    tensors,
    sources: names,
    pullBack: (gradients) =>
      names.map((name, index) => ({
        name,
        gradient: gradients[index].reshape(weightOf(weights, name).shape),
      })),
  }
}

/** Does the same as `frameParameters` for the pitch network. */
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
  const { filter, bias } = convolutionOf(weights, name)
  const names = [`${name}.weight`, `${name}.bias`]
  return { filter, bias, parameter: asTheyAre([filter, bias], names, weights) }
}

/** A product absorbs the norm before it and the scale after it; these are their names. */
type Neighbours = { readonly norm?: string; readonly scale?: string }

/** filter [1, inputs, outputs] and bias [outputs]. */
function product(weights: Weights, name: string, neighbours: Neighbours = {}): Product {
  const { norm, scale } = neighbours
  const own = [`${name}.weight`, `${name}.bias`]
  const [inputs, outputs] = weightOf(weights, own[0]).shape
  if (!norm && !scale) {
    const tensors = {
      filter: weightOf(weights, own[0]).as3D(1, inputs, outputs),
      bias: weightOf(weights, own[1]).as1D(),
    }
    return { ...tensors, parameter: asTheyAre([tensors.filter, tensors.bias], own, weights) }
  }
  const { filter, bias } = tf.tidy(() => {
    const made = absorbed(absorbing(weights, name, neighbours))
    return { filter: made.filter.as3D(1, inputs, outputs), bias: made.bias.as1D() }
  })
  const ofNorm = norm ? [`${norm}.weight`, `${norm}.bias`] : []
  const ofScale = scale ? [scale] : []
  const pullBack = ([dFilter, dBias]: readonly tf.Tensor[]): NamedGradient[] => {
    const found = absorbedGradients(absorbing(weights, name, neighbours), dFilter, dBias)
    const named = (names: readonly string[], gradients: readonly tf.Tensor[]) =>
      names.map((each, index) => ({ name: each, gradient: gradients[index] }))
    return [
      ...named(own, [found.matrix, found.bias]),
      ...named(ofNorm, [found.gains, found.offsets]),
      ...named(ofScale, [found.scale]),
    ]
  }
  return {
    filter,
    bias,
    parameter: { tensors: [filter, bias], sources: [...own, ...ofNorm, ...ofScale], pullBack },
  }
}

/** The weights of a product and its neighbours; ones and zeros, to be disposed by a tidy, for what it has not. */
function absorbing(weights: Weights, name: string, { norm, scale }: Neighbours): Absorbing {
  const matrix = weightOf(weights, `${name}.weight`) // [inputs, outputs]
  const [inputs, outputs] = matrix.shape
  return {
    matrix,
    bias: weightOf(weights, `${name}.bias`),
    gains: norm ? weightOf(weights, `${norm}.weight`) : tf.ones([inputs]),
    offsets: norm ? weightOf(weights, `${norm}.bias`) : tf.zeros([inputs]),
    scale: scale ? weightOf(weights, scale) : tf.ones([outputs]),
  }
}

/** All parameters, always in the same order. */
export function differentiable({ enterNorm, blocks, refinement, ...entries }: FrameParameters): Parameter[] {
  const allBlocks = refinement ? [...blocks, refinement.block] : blocks
  const parts = [
    ...(refinement ? [refinement.strength] : []),
    enterNorm,
    ...Object.values(entries),
    ...(refinement ? [refinement.enter, refinement.context, refinement.leave] : []),
    ...allBlocks.flatMap(({ depthwise, widen, narrow }) => [depthwise, widen, narrow]),
  ]
  return parts.map(({ parameter }) => parameter)
}
