/**
 * Training differentiates in the parameters, the form in which the blocks use the weights, and carries the gradient over to
 * the named weights once per step.
 */
import * as tf from '@tensorflow/tfjs'
import type { NetworkParameters } from './parameters.ts'
import type { Convolution } from './weights.ts'

/** Gradients of a convolution's filter and bias, of the shapes of these. */
export type NamedGradient = Convolution & { readonly name: string }

/** One named convolution: the parameters that are made of it, and how their gradients become its own. */
type Source = {
  readonly name: string
  readonly parts: readonly Convolution[]
  readonly pullBack: (parts: readonly Convolution[]) => Convolution
}

export type TrainedParameters = {
  /** What to differentiate in, some filters and biases of `parameters`. */
  readonly tensors: readonly tf.Tensor[]
  /** Gradients in the order of `tensors` -> of the named convolutions. The caller disposes both. */
  readonly pullBack: (gradients: readonly tf.Tensor[]) => NamedGradient[]
}

/** Of the convolutions whose names `isTrained` accepts; nothing is computed for the others. */
export function trainedParameters(
  parameters: NetworkParameters,
  isTrained: (name: string) => boolean,
): TrainedParameters {
  const sources = sourcesOf(parameters).filter(({ name }) => isTrained(name))
  const tensors = sources.flatMap(({ parts }) => parts.flatMap(({ filter, bias }) => [filter, bias]))
  return {
    tensors,
    pullBack(gradients) {
      let at = 0
      return sources.map(({ name, parts, pullBack }) =>
        tf.tidy(() => {
          const ofParts = parts.map(({ filter, bias }) => ({
            filter: gradients[at++].reshape<tf.Tensor3D>(filter.shape),
            bias: gradients[at++].reshape<tf.Tensor1D>(bias.shape),
          }))
          return { name, ...pullBack(ofParts) }
        }),
      )
    },
  }
}

function sourcesOf(parameters: NetworkParameters): Source[] {
  const { firstConv, lastConv, downConv, dBlocks, films, uBlocks } = parameters
  const asItIs = (name: string, convolution: Convolution): Source => ({
    name,
    parts: [convolution],
    pullBack: ([gradient]) => gradient,
  })
  return [
    asItIs('first_conv', firstConv),
    ...uBlocks.flatMap(({ residual, convs }, block) => [
      asItIs(`up.${block}.residual`, residual),
      ...convs.map((convolution, j) => asItIs(`up.${block}.conv.${j}`, convolution)),
    ]),
    asItIs('down.0', downConv),
    ...dBlocks.flatMap(({ residual, convs }, index) => [
      asItIs(`down.${index + 1}.residual`, residual),
      ...convs.map((convolution, j) => asItIs(`down.${index + 1}.conv.${j}`, convolution)),
    ]),
    ...films.flatMap(({ input, shift, scale }, level): Source[] => [
      asItIs(`film.${level}.input_conv`, input),
      {
        name: `film.${level}.output_conv`,
        parts: [shift, scale],
        pullBack: ([ofShift, ofScale]) => ({
          filter: tf.concat3d([ofShift.filter, ofScale.filter], 2),
          bias: tf.concat1d([ofShift.bias, ofScale.bias]),
        }),
      },
    ]),
    asItIs('last_conv', lastConv),
  ]
}
