/** Compiles the programs of a model's jobs before the first of them, which would compile one after the other. */
import * as tf from '@tensorflow/tfjs'
import { noiseFrom } from '../../diffusion/prediction.ts'
import { compilePipelines } from '../../kernels/webgpu/compile.ts'
import type { Vocoder } from '../../model/vocoder.ts'
import { DeviceSignals } from './device-signals.ts'
import { windowsOfMel } from './windows/windows-of-mel.ts'

/**
 * tfjs has other programs for tensors whose size is a multiple of 4, as that of spectra is for the first length alone, and
 * for tensors of equal shapes, so that neither length should be a number of bands or channels.
 */
const lengths = [44, 43]

/**
 * Resolves when the programs of `deviceNetwork` are compiled: those of a job with or without a network, with the model's
 * own corrections. Nothing else may use tfjs until then. Does nothing on backends other than WebGPU.
 */
export function compileJob(model: Vocoder): Promise<void> {
  return compilePipelines(() => {
    for (const frames of lengths) computeJob(model, frames)
  })
}

/** Computes what a job of `frames` does, but for reading results. Must be within a tidy. */
function computeJob(model: Vocoder, frames: number): void {
  const { pitch, config } = model
  const { bands, hopSamples } = config.mel
  const samples = frames * hopSamples
  const mel = { frames, bands, values: new Float32Array(frames * bands) }
  const given = tf.tensor3d(mel.values, [1, frames, bands])
  const level = 0.5
  const signals = new DeviceSignals()

  const y = signals.noise(0, 0, 0, samples)
  const pulses = pitch && signals.upload(new Float32Array(samples))
  if (pitch && pulses) {
    pitch.logits(given)
    pitch.mixedTensors(y, pulses, new Float32Array(frames))
  }
  const output = model.condition(given, pulses).predict(y, [level])
  const noise = noiseFrom(signals, config.prediction, output, y, level)
  signals.sum([[1, y]])
  signals.sum([
    [1, y],
    [1, noise],
  ])
  signals.sum([
    [1, y],
    [1, noise],
    [1, y],
  ])

  const [window] = windowsOfMel(mel, hopSamples, { chunkFrames: frames, haloFrames: 0 })
  window.exact(model.shaped(window.ofWindow(y), mel))
  // Jobs of several windows cut and join signals.
  const pieces = [
    { start: 0, signal: y },
    { start: samples, signal: y },
  ]
  signals.cut(pieces, hopSamples, 2 * samples - hopSamples)
}
