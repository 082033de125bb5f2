/** The tensors that the network on frames is differentiated in; its pitch network stays as it is. */
import * as tf from '@tensorflow/tfjs'
import type { TrainedParameters } from '../../trained-parameters.ts'
import { type Weights, weightOf } from '../../weights.ts'
import { differentiable, type FrameParameters, frameParameters } from './parameters.ts'
import type { FrameShape } from './shape.ts'

/** Nothing is computed for parameters that only weights which `isTrained` refuses have a part in. */
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

/** Zero, and `gradient` in x: from here on tfjs carries the gradient to what x is made of. */
function withGradient(x: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
  const constant = tf.customGrad(() => ({
    value: tf.scalar(0),
    gradFunc: () => gradient.reshape(x.shape),
  }))
  return constant(x)
}
