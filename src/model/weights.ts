/**
 * A model's weights under their Python names, from the PyTorch layout [outputs, inputs, taps] of the file to the
 * [taps, inputs, outputs] of the kernels. What a configuration asks for is written down once, in weight-layout.ts.
 */
import * as tf from '@tensorflow/tfjs'
import type { SafeTensor } from '../io/safetensors.ts'
import type { ModelConfig } from './config.ts'
import { readLayouts } from './weight-layout.ts'

/** One convolution: filter [taps, inputs, outputs], bias [outputs]. */
export type Convolution = { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D }

/** Convolutions by the name that they have in Python, such as `up.3.conv.0`. */
export type Weights = ReadonlyMap<string, Convolution>

/**
 * Uploads the tensors of a safetensors file as float32. Throws a `ProblemError` (`weights-mismatch`) where they do not fit;
 * then nothing stays uploaded. The caller disposes.
 */
export function uploadWeights(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>): Weights {
  return new Map(
    readLayouts(config, tensors).map(({ name, shape: [taps, inputs, outputs], filter, bias }) => [
      name,
      {
        filter: tf.tensor3d(tapsFirst(filter, taps, inputs, outputs), [taps, inputs, outputs]),
        bias: tf.tensor1d(bias),
      },
    ]),
  )
}

/** Every tensor by its Python name and in PyTorch's layout: what `uploadWeights` takes. */
export async function downloadWeights(weights: Weights): Promise<Map<string, SafeTensor>> {
  const stored = new Map<string, SafeTensor>()
  for (const [name, { filter, bias }] of weights) {
    const [taps, inputs, outputs] = filter.shape
    const values = outputsFirst(await filter.data(), taps, inputs, outputs)
    stored.set(`${name}.weight`, { dtype: 'F32', shape: [outputs, inputs, taps], values })
    stored.set(`${name}.bias`, {
      dtype: 'F32',
      shape: [outputs],
      values: Float32Array.from(await bias.data()),
    })
  }
  return stored
}

export function disposeWeights(weights: Weights): void {
  for (const { filter, bias } of weights.values()) tf.dispose([filter, bias])
}

/** [outputs, inputs, taps] -> [taps, inputs, outputs]. */
function tapsFirst(values: Float32Array, taps: number, inputs: number, outputs: number): Float32Array {
  const moved = new Float32Array(values.length)
  let from = 0
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let k = 0; k < taps; k++) moved[(k * inputs + i) * outputs + o] = values[from++]
  return moved
}

/** [taps, inputs, outputs] -> [outputs, inputs, taps]. */
function outputsFirst(
  values: ArrayLike<number>,
  taps: number,
  inputs: number,
  outputs: number,
): Float32Array<ArrayBuffer> {
  const moved = new Float32Array(values.length)
  let to = 0
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      for (let k = 0; k < taps; k++) moved[to++] = values[(k * inputs + i) * outputs + o]
  return moved
}
