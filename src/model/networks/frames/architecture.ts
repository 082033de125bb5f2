/** The frame network behind the common interface of all networks. */
import * as tf from '@tensorflow/tfjs'
import { excitation } from '../../../dsp/signals/excitation.ts'
import { readPitch } from '../../../dsp/signals/pitch-track.ts'
import type { FrameConfig } from '../../config.ts'
import type { Architecture } from '../../vocoder-network.ts'
import type { Weights } from '../../weights.ts'
import { mixed, mixedTensors } from './mixed.ts'
import { condition, pitchLogits, predict } from './network.ts'
import {
  differentiable,
  frameParameters,
  type Parameter,
  type PitchParameters,
  pitchParameters,
} from './parameters.ts'
import { haloFrames, pitchHaloFrames } from './receptive-field.ts'
import { trainedParameters } from './trained-parameters.ts'
import { FrameTransforms } from './transforms.ts'

/** The result holds the tables and matrices of its transforms until it is disposed. */
export function frameArchitecture(config: FrameConfig): Architecture {
  const { mel: convention, network: shape, pitch } = config
  const transforms = new FrameTransforms(config)
  return {
    haloFrames: haloFrames(config),
    over(weights) {
      const parameters = frameParameters(weights, shape)
      return {
        condition(mel, pulses) {
          if (!pulses) throw new Error('The frame network requires an excitation')
          const conditioning = condition(mel, pulses, config, transforms, parameters)
          return {
            predict: (y, levels) => predict(y, conditioning, levels, config, transforms, parameters),
            dispose: () => tf.dispose({ ...conditioning }),
          }
        },
        trained: (isTrained) => trainedParameters(parameters, isTrained),
        dispose: () => disposeMade(differentiable(parameters), weights),
      }
    },
    pitch: {
      haloFrames: pitchHaloFrames(config),
      over(weights) {
        const parameters = pitchParameters(weights, pitch.blocks)
        return {
          logits: (mel) => pitchLogits(mel, config, parameters),
          dispose: () => disposeMade(parametersOf(parameters), weights),
        }
      },
      track: (logits) => readPitch(logits, pitch),
      pulses: (track, startCycles) => excitation(track, convention, startCycles),
      mixed: (noise, { pulses, ...track }) => mixed(noise, pulses, track, convention),
      mixedTensors: (noise, pulses, voicing) =>
        mixedTensors(noise, pulses, voicing, transforms.stft, convention),
      mixedHaloFrames: Math.ceil(convention.fftSize / convention.hopSamples),
    },
    dispose: () => transforms.dispose(),
  }
}

/** Releases the tensors derived from the weights, but not the weights. */
function disposeMade(parameters: readonly Parameter[], weights: Weights): void {
  const own = new Set(weights.values())
  for (const { tensors } of parameters) tf.dispose(tensors.filter((tensor) => !own.has(tensor)))
}

function parametersOf({ enter, blocks, leave }: PitchParameters): Parameter[] {
  const products = [
    enter,
    leave,
    ...blocks.flatMap(({ depthwise, widen, narrow }) => [depthwise, widen, narrow]),
  ]
  return products.map(({ parameter }) => parameter)
}
