/** The trainable tensors of the frame network; its pitch network is not trained. */
import * as tf from '@tensorflow/tfjs'
import type { TrainedParameters } from '../../trained-parameters.ts'
import { type Weights, weightOf } from '../../weights.ts'
import { differentiable, type FrameParameters, frameParameters } from './parameters.ts'
import type { FrameShape } from './shape.ts'

/** Skips parameters none of whose weights `isTrained` accepts. */
export function trainedParameters(
  weights: Weights,
  parameters: FrameParameters,
  shape: FrameShape,
  isTrained: (name: string) => boolean,
): TrainedParameters {
  const isLearner = ({ sources }: { readonly sources: readonly string[] }) => sources.some(isTrained)
  const trained = differentiable(parameters).filter(isLearner)
  const names = [...new Set(trained.flatMap(({ sources }) => sources))].filter(isTrained)
  return {
    tensors: trained.map(({ tensor }) => tensor),
    pullBack(gradients) {
      const named = names.map((name) => weightOf(weights, name))
      const chained = () => {
        const again = differentiable(frameParameters(weights, shape)).filter(isLearner)
        const terms = again.map(({ tensor }, index) => withGradient(tensor, gradients[index]))
        return terms.reduce((sum, term) => sum.add(term))
      }
      const { value, grads } = tf.engine().gradients(chained, named)
      value.dispose()
      return names.map((name, index) => ({ name, gradient: grads[index] }))
    },
  }
}

/** Returns zero whose gradient in x is `gradient`: tfjs then propagates it to the tensors behind x. */
function withGradient(x: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const constant = tf.customGrad(() => ({
    value: tf.scalar(0),
    gradFunc: () => gradient.reshape(x.shape),
  }))
  return constant(x)
}
