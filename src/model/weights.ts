/**
 * A model's weights under their Python names, from the PyTorch layout [outputs, inputs, taps] of the file to the
 * [taps, inputs, outputs] of the kernels. What a configuration asks for is written down once, in `convolutionShapes`.
 */
import * as tf from '@tensorflow/tfjs'
import { ProblemError } from '../base/problem.ts'
import type { SafeTensor } from '../io/safetensors.ts'
import type { ModelConfig } from './config.ts'

/** One convolution: filter [taps, inputs, outputs], bias [outputs]. */
export type Convolution = { readonly filter: tf.Tensor3D; readonly bias: tf.Tensor1D }

/** Convolutions by the name that they have in Python, such as `up.3.conv.0`. */
export type Weights = ReadonlyMap<string, Convolution>

type ConvolutionShape = readonly [taps: number, inputs: number, outputs: number]

/** Every convolution of the network that `config` describes. */
export function convolutionShapes({ mel, network }: ModelConfig): Map<string, ConvolutionShape> {
  const { upChannels, downChannels, firstChannels, patchSamples } = network
  const shapes = new Map<string, ConvolutionShape>()
  shapes.set('first_conv', [3, mel.bands, firstChannels])
  shapes.set('down.0', [5, patchSamples, downChannels[0]])
  for (let level = 1; level < downChannels.length; level++) {
    const [inputs, outputs] = [downChannels[level - 1], downChannels[level]]
    shapes.set(`down.${level}.residual`, [1, inputs, outputs])
    for (let j = 0; j < 3; j++)
      shapes.set(`down.${level}.conv.${j}`, [3, j === 0 ? inputs : outputs, outputs])
  }
  for (const [level, channels] of downChannels.entries()) {
    shapes.set(`film.${level}.input_conv`, [3, channels, channels])
    shapes.set(`film.${level}.output_conv`, [3, channels, 2 * upChannels[upChannels.length - 1 - level]])
  }
  for (const [block, outputs] of upChannels.entries()) {
    const inputs = block === 0 ? firstChannels : upChannels[block - 1]
    shapes.set(`up.${block}.residual`, [1, inputs, outputs])
    for (let j = 0; j < 4; j++) shapes.set(`up.${block}.conv.${j}`, [3, j === 0 ? inputs : outputs, outputs])
  }
  shapes.set('last_conv', [3, upChannels[upChannels.length - 1], patchSamples])
  return shapes
}

/**
 * Uploads the tensors of a safetensors file as float32. Throws a `ProblemError` (`weights-mismatch`) that names the first
 * tensor that is missing, has the wrong shape, is not known, or holds NaN or infinity; then nothing stays uploaded. The
 * caller disposes.
 */
export function uploadWeights(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>): Weights {
  const file = config.weights.file
  const shapes = convolutionShapes(config)
  const known = new Set([...shapes.keys()].flatMap((name) => [`${name}.weight`, `${name}.bias`]))
  for (const name of tensors.keys())
    if (!known.has(name)) throw mismatch(file, `has a tensor ${name} that the configuration does not know`)
  const layouts = [...shapes].map(([name, [taps, inputs, outputs]]) => ({
    name,
    shape: [taps, inputs, outputs] as const,
    filter: readValues(tensors, `${name}.weight`, [outputs, inputs, taps], file),
    bias: readValues(tensors, `${name}.bias`, [outputs], file),
  }))
  return new Map(
    layouts.map(({ name, shape: [taps, inputs, outputs], filter, bias }) => [
      name,
      {
        filter: tf.tensor3d(tapsFirst(filter, taps, inputs, outputs), [taps, inputs, outputs]),
        bias: tf.tensor1d(bias),
      },
    ]),
  )
}

function readValues(
  tensors: ReadonlyMap<string, SafeTensor>,
  name: string,
  shape: readonly number[],
  file: string,
): Float32Array {
  const tensor = tensors.get(name)
  if (!tensor) throw mismatch(file, `lacks the tensor ${name}`, undefined, `[${shape.join(', ')}]`)
  if (String(tensor.shape) !== String(shape))
    throw mismatch(
      file,
      `has ${name} in the wrong shape`,
      `[${tensor.shape.join(', ')}]`,
      `[${shape.join(', ')}]`,
    )
  const broken = tensor.values.findIndex((value) => !Number.isFinite(value))
  if (broken >= 0)
    throw mismatch(file, `has a value that is not finite in ${name}`, `${tensor.values[broken]}`)
  return tensor.values
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

function mismatch(file: string, what: string, found?: string, accepted?: string): ProblemError {
  return new ProblemError({
    code: 'weights-mismatch',
    message: `${file} does not fit the model's configuration: it ${what}.`,
    file,
    found,
    accepted,
    remedy: 'Use the weights and the configuration of one export, or load the model again.',
  })
}
