/**
 * The network as synthesis needs it: numbers in, numbers out, one window at a time. Tensors live only within a call. What
 * depends on the mel alone is computed anew for every window and step: it is under 2 % of an evaluation, and keeping it
 * would take memory that grows with the utterance.
 */
import * as tf from '@tensorflow/tfjs'
import type { Vocoder } from '../model/vocoder.ts'
import { deviceProblem } from './device-problems.ts'
import type { WindowNetwork } from './synthesis.ts'
import type { WebGpuDevice } from './webgpu-device.ts'

/** Rejects with `out-of-memory`, `device-lost` or `gpu-error` problems, after which the engine knows what to do. */
export function windowNetwork(model: Vocoder, gpu: WebGpuDevice | undefined): WindowNetwork {
  const { hopSamples, bands } = model.config.mel
  return {
    hopSamples,
    bands,
    haloFrames: model.haloFrames,
    prediction: model.config.prediction,
    waveform: (process, mel, betweenPasses) => model.waveform(process, mel, betweenPasses),
    async evaluate(mel, y, noiseLevel) {
      const frames = mel.length / bands
      let output: tf.Tensor2D | undefined
      try {
        output = tf.tidy(() => {
          const conditioning = model.condition(tf.tensor3d(mel, [1, frames, bands]))
          return conditioning.predict(tf.tensor2d(y, [1, y.length]), [noiseLevel])
        })
        const values = await output.data<'float32'>()
        const error = gpu?.takeError()
        if (error) throw error
        return values
      } catch (thrown) {
        throw await deviceProblem(thrown, gpu)
      } finally {
        output?.dispose()
      }
    },
  }
}
