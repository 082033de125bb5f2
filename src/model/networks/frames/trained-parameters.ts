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
      // The gradient of a product of parameters and their gradients, which are constants in it, is carried by the chain rule.
      const product = () => {
        const again = differentiable(frameParameters(weights, shape)).filter(isLearner)
        const terms = again.map(({ tensor }, index) =>
          tensor.mul(gradients[index].reshape(tensor.shape)).sum(),
        )
        return terms.reduce((sum, term) => sum.add(term))
      }
      const { value, grads } = tf.engine().gradients(product, named)
      value.dispose()
      return names.map((name, index) => ({ name, gradient: grads[index] }))
    },
  }
}
