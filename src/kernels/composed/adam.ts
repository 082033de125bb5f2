/** The kernel of ../adam.ts, composed of stock tfjs operations. */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'

export function composedAdam(
  inputs: tf.NamedTensorInfoMap,
  attributes: tf.NamedAttrMap | undefined,
): tf.Tensor[] {
  const input = (name: string) => tensorInput(inputs, name)
  const rate = (name: string) => numberAttribute(attributes, name)
  const [gradient, factor] = [input('gradient'), rate('factor')]
  const follow = (before: tf.Tensor, decay: number, after: tf.Tensor) =>
    before.mul(decay).add<tf.Tensor>(after.mul(1 - decay))
  const mean = follow(input('mean'), rate('meanDecay'), gradient.mul(factor))
  const square = follow(input('square'), rate('squareDecay'), gradient.mul(gradient).mul(factor * factor))
  const spread = tf.sqrt(square).div(rate('rootOfSquareCorrection')).add(rate('epsilon'))
  const weight = input('weight').sub<tf.Tensor>(mean.div(spread).mul(rate('size')))
  return [weight, follow(input('average'), rate('averageDecay'), weight), mean, square]
}
