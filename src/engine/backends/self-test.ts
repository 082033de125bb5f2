/**
 * Checks that a backend computes the networks correctly, while the weights are downloaded. A very small network of each
 * architecture, with weights from a formula, is evaluated once. The expected answers were computed with PyTorch on the
 * same numbers (pretrain/networks/wavegrad.py, pretrain/networks/frames.py).
 */
import * as tf from '@tensorflow/tfjs'
import type { SafeTensor } from '../../io/safetensors/safetensors.ts'
import { compilePipelines } from '../../kernels/webgpu/compile.ts'
import type { ModelConfig } from '../../model/config.ts'
import { Vocoder } from '../../model/vocoder.ts'
import { weightShapes } from '../../model/weight-layout.ts'
import { type KnownAnswer, knownAnswers } from './self-test-models.ts'

const frames = 8
const noiseLevel = 0.6
/** For answers up to 11. */
const defaultTolerance = 1e-3
/** For products in 16 bits, which have errors of about 3e-2; wrong ones have errors of 1 and more. */
export const halfTolerance = 1e-1

/**
 * Rejects with a description of the error unless the current backend gives the known answers. Does not leak tensors.
 */
export async function selfTest(tolerance = defaultTolerance): Promise<void> {
  for (const known of knownAnswers) await compare(known, tolerance)
}

async function compare({ config, answer }: KnownAnswer, tolerance: number): Promise<void> {
  const model = Vocoder.create(config, testWeights(config))
  let output: tf.Tensor | undefined
  try {
    await compilePipelines(() => evaluate(model))
    output = tf.tidy(() => evaluate(model))
    const values = await output.data()
    const errors = answer.map((expected, index) => Math.abs(values[index] - expected))
    // The negation also catches NaN.
    const wrong = errors.findIndex((error) => !(error <= tolerance))
    if (wrong >= 0)
      throw new Error(
        `It computes ${values[wrong]} instead of ${answer[wrong]} (known-answer self-test, ${config.architecture}).`,
      )
  } finally {
    output?.dispose()
    model.dispose()
  }
}

/** Returns values in the order of `KnownAnswer.answer`. */
function evaluate(model: Vocoder): tf.Tensor {
  const { bands, hopSamples } = model.config.mel
  const samples = frames * hopSamples
  const values = wave(frames * bands, 0.5, 2).map((value) => value - 2)
  const mel = tf.tensor3d(values, [1, frames, bands])
  const signal = (phase: number, amplitude: number) =>
    tf.tensor2d(wave(samples, phase, amplitude), [1, samples])
  const conditioned = model.condition(mel, model.pitch && signal(0.9, 1.5))
  const output = conditioned.predict(signal(0.3, 1.2), [noiseLevel]).as1D()
  return model.pitch ? tf.concat1d([output, model.pitch.logits(mel).as1D()]) : output
}

/** amplitude * sin(phase + 1.7 i), i = 0.. */
function wave(count: number, phase: number, amplitude: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: count }, (_, index) => amplitude * Math.sin(phase + 1.7 * index))
}

/** Products have approximately unit gain; gains and scales go up to 1, biases up to .2. */
function testWeights(config: ModelConfig): Map<string, SafeTensor> {
  const tensors = new Map<string, SafeTensor>()
  for (const [name, shape] of weightShapes(config)) {
    const [outputs, ...rest] = shape
    const inputs = rest.reduce((product, size) => product * size, 1)
    const ofVector = name.endsWith('.bias') ? 0.2 : 1
    const amplitude = rest.length > 0 ? 2.4 / Math.sqrt(inputs) : ofVector
    tensors.set(name, { dtype: 'F32', shape, values: wave(outputs * inputs, phaseOf(name), amplitude) })
  }
  return tensors
}

/** A different phase for every tensor, so that weights under the wrong name give a wrong answer. */
function phaseOf(name: string): number {
  const sum = Array.from(name).reduce((total, letter, index) => total + letter.charCodeAt(0) * (index + 1), 0)
  return (sum % 100) / 10
}
