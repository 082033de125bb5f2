/**
 * A model's weights under their Python names. The axes are in the reverse of PyTorch's order: filters are [taps,
 * inputs, outputs], products [inputs, outputs]. weight-layout.ts alone defines which weights a configuration requires.
 */
import * as tf from '@tensorflow/tfjs'
import type { SafeTensor } from '../io/safetensors/safetensors.ts'
import type { ModelConfig } from './config.ts'
import { readLayouts } from './weight-layout.ts'

/** Tensors by Python name, such as `up.3.conv.0.weight`. */
export type Weights = ReadonlyMap<string, tf.Tensor>

/** filter [taps, inputs, outputs], bias [outputs]. */
export type Convolution = { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D }

/**
 * Uploads the tensors of a safetensors file as float32. Throws a `ProblemError` (`weights-mismatch`) if they do not
 * fit, and then leaves nothing uploaded. The caller disposes.
 */
export function uploadWeights(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>): Weights {
  return new Map(
    readLayouts(config, tensors).map(({ name, shape, values }) => [
      name,
      tf.tensor(withAxesReversed(values, shape), shape.toReversed()),
    ]),
  )
}

/** Returns every tensor by Python name in PyTorch's layout, the input of `uploadWeights`. */
export async function downloadWeights(weights: Weights): Promise<Map<string, SafeTensor>> {
  const stored = new Map<string, SafeTensor>()
  for (const [name, tensor] of weights) {
    const values = withAxesReversed(await tensor.data<'float32'>(), tensor.shape)
    stored.set(name, { dtype: 'F32', shape: tensor.shape.toReversed(), values })
  }
  return stored
}

export function disposeWeights(weights: Weights): void {
  tf.dispose([...weights.values()])
}

/** Throws if there is no weight of that name, which is a defect of the caller. */
export function weightOf(weights: Weights, name: string): tf.Tensor {
  const weight = weights.get(name)
  if (!weight) throw new Error(`There is no weight ${name}`)
  return weight
}

/** The convolution whose weights are `<name>.weight` and `<name>.bias`. */
export function convolutionOf(weights: Weights, name: string): Convolution {
  const [filter, bias] = [weightOf(weights, `${name}.weight`), weightOf(weights, `${name}.bias`)]
  if (!hasThreeAxes(filter) || !hasOneAxis(bias)) throw new Error(`${name} is not a convolution`)
  return { filter, bias }
}

const hasThreeAxes = (tensor: tf.Tensor): tensor is tf.Tensor3D => tensor.rank === 3
const hasOneAxis = (tensor: tf.Tensor): tensor is tf.Tensor1D => tensor.rank === 1

/** `values` of `shape`, row-major with at most three axes -> the same with the axes in reverse order. */
function withAxesReversed(values: Float32Array, shape: readonly number[]): Float32Array<ArrayBuffer> {
  if (shape.length > 3) throw new Error(`More than three axes: [${shape}]`)
  const [outer, last] = [shape[0], shape.length > 1 ? shape[shape.length - 1] : 1]
  const middle = shape.length === 3 ? shape[1] : 1
  const moved = new Float32Array(values.length)
  let from = 0
  for (let a = 0; a < outer; a++)
    for (let b = 0; b < middle; b++)
      for (let c = 0; c < last; c++) moved[(c * middle + b) * outer + a] = values[from++]
  return moved
}
