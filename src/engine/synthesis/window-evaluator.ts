/**
 * The network as synthesis uses it: plain numbers in and out, one window at a time. Tensors exist only within a call.
 * Results that depend only on the mel are recomputed for every window and step, because storing them would take memory
 * that grows with the utterance. Only the pitch, one value per frame, is computed once.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelCorrections } from '../../base/mel-corrections.ts'
import { plainSignals } from '../../diffusion/signals.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import { deviceProblem } from '../backends/device-problems.ts'
import type { WebGpuDevice } from '../backends/webgpu-device.ts'
import type { WindowNetwork } from './synthesis.ts'

/**
 * Rejects with `out-of-memory`, `device-lost` or `gpu-error` problems, which the engine handles. `corrections` default
 * to the model's own.
 */
export function windowNetwork(
  model: Vocoder,
  gpu: WebGpuDevice | undefined,
  corrections?: MelCorrections,
): WindowNetwork {
  const { pitch } = model
  const { hopSamples, bands } = model.config.mel
  const melTensor = (mel: Float32Array) => tf.tensor3d(mel, [1, mel.length / bands, bands])
  return {
    signals: plainSignals,
    hopSamples,
    bands,
    haloFrames: model.haloFrames,
    prediction: model.config.prediction,
    waveformHaloFrames: model.waveformHaloFrames(corrections),
    waveform: (process, mel, options) =>
      model.waveform(process, mel, { ...options, ...(corrections && { corrections }) }),
    evaluate: (mel, y, noiseLevel, pulses) =>
      computed(gpu, () => {
        const excitation = pulses && tf.tensor2d(pulses, [1, pulses.length])
        const conditioned = model.condition(melTensor(mel), excitation)
        return conditioned.predict(tf.tensor2d(y, [1, y.length]), [noiseLevel])
      }),
    pitch: pitch && {
      haloFrames: pitch.haloFrames,
      track: async (mel) => pitch.track(await computed(gpu, () => pitch.logits(melTensor(mel)))),
      pulses: (track) => pitch.pulses(track),
      mixed: (noise, track, pulses) => model.mixed(noise, { ...track, pulses }),
    },
  }
}

/** Returns the values of the tensor that `compute` returns; runs it within a tidy. Rejects as `onDevice` does. */
export async function computed(
  gpu: WebGpuDevice | undefined,
  compute: () => tf.Tensor,
): Promise<Float32Array> {
  let output: tf.Tensor | undefined
  try {
    return await onDevice(gpu, () => {
      output = tf.tidy(compute)
      return output.data<'float32'>()
    })
  } finally {
    output?.dispose()
  }
}

/** Settles as `work` does; rejects with the problem that the device has had by then, if any. */
export async function onDevice<Result>(
  gpu: WebGpuDevice | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    const result = await work()
    const error = gpu?.takeError()
    if (error) throw error
    return result
  } catch (thrown) {
    throw await deviceProblem(thrown, gpu)
  }
}
