/** The trainable tensors of WaveGrad's network: filters and biases, with FiLM's outputs split into halves. */
import * as tf from '@tensorflow/tfjs'
import type { NamedGradient, TrainedParameters } from '../../trained-parameters.ts'
import type { Convolution } from '../../weights.ts'
import type { NetworkParameters } from './parameters.ts'

/** A named convolution: the parameters computed from it, and the conversion of their gradients to its own. */
type Source = {
  readonly name: string
  readonly parts: readonly Convolution[]
  readonly pullBack: (parts: readonly Convolution[]) => Convolution
}

/** A convolution is trained if `isTrained` accepts its filter's name; nothing is computed for the others. */
export function trainedParameters(
  parameters: NetworkParameters,
  isTrained: (name: string) => boolean,
): TrainedParameters {
  const sources = sourcesOf(parameters).filter(({ name }) => isTrained(`${name}.weight`))
  const tensors = sources.flatMap(({ parts }) => parts.flatMap(({ filter, bias }) => [filter, bias]))
  return {
    tensors,
    pullBack(gradients) {
      let at = 0
      return sources.flatMap(({ name, parts, pullBack }) =>
        tf.tidy((): NamedGradient[] => {
          const ofParts = parts.map(({ filter, bias }) => ({
            filter: gradients[at++].reshape<tf.Tensor3D>(filter.shape),
            bias: gradients[at++].reshape<tf.Tensor1D>(bias.shape),
          }))
          const { filter, bias } = pullBack(ofParts)
          return [
            { name: `${name}.weight`, gradient: filter },
            { name: `${name}.bias`, gradient: bias },
          ]
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
