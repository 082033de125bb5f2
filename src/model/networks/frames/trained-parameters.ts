/** The trainable tensors of the frame network; its pitch network is not trained. */
import * as tf from '@tensorflow/tfjs'
import type { TrainedParameters } from '../../trained-parameters.ts'
import { differentiable, type FrameParameters } from './parameters.ts'

/** Skips parameters none of whose weights `isTrained` accepts. */
export function trainedParameters(
  parameters: FrameParameters,
  isTrained: (name: string) => boolean,
): TrainedParameters {
  const trained = differentiable(parameters).filter(({ sources }) => sources.some(isTrained))
  return {
    tensors: trained.flatMap(({ tensors }) => tensors),
    pullBack: (gradients) =>
      tf.tidy(() => {
        const sums = new Map<string, tf.Tensor>()
        let at = 0
        for (const { tensors, pullBack } of trained) {
          const ofTensors = gradients.slice(at, at + tensors.length)
          at += tensors.length
          for (const { name, gradient } of pullBack(ofTensors)) {
            const before = sums.get(name) // Two products absorb the same norm.
            if (isTrained(name)) sums.set(name, before ? before.add(gradient) : gradient)
          }
        }
        return Array.from(sums, ([name, gradient]) => ({ name, gradient }))
      }),
  }
}
