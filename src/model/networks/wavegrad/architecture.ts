/** WaveGrad's network behind the common interface of all networks. */
import * as tf from '@tensorflow/tfjs'
import type { WaveGradConfig } from '../../config.ts'
import type { Architecture } from '../../vocoder-network.ts'
import { condition, predict } from './network.ts'
import { disposeParameters, networkParameters } from './parameters.ts'
import { haloFrames } from './receptive-field.ts'
import { trainedParameters } from './trained-parameters.ts'

export function waveGradArchitecture({ network: shape }: WaveGradConfig): Architecture {
  return {
    haloFrames: haloFrames(shape),
    over(weights) {
      const parameters = networkParameters(shape, weights)
      return {
        condition(mel) {
          const conditioning = condition(mel, parameters)
          return {
            predict: (y, levels) =>
              tf.tidy(() => {
                const [batch, samples] = y.shape
                const noisy = y.reshape<tf.Tensor3D>([batch, samples, 1])
                return predict(noisy, conditioning, levels, parameters).reshape<tf.Tensor2D>(y.shape)
              }),
            dispose: () => tf.dispose({ ...conditioning }),
          }
        },
        trained: (isTrained) => trainedParameters(parameters, isTrained),
        dispose: () => disposeParameters(parameters),
      }
    },
    dispose() {},
  }
}
