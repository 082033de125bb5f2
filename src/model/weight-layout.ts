/**
 * Which weights a configuration asks for, and whether a file has them. It needs no tensors, so that a page can check a
 * model that it is handed without loading what computes with one.
 */
import { ProblemError } from '../base/problem.ts'
import type { SafeTensor } from '../io/safetensors.ts'
import type { ModelConfig } from './config.ts'

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

export type ConvolutionLayout = {
  readonly name: string
  readonly shape: ConvolutionShape
  /** [outputs, inputs, taps], as the file has it. */
  readonly filter: Float32Array
  /** [outputs]. */
  readonly bias: Float32Array
}

/**
 * The convolutions of a safetensors file. Throws a `ProblemError` (`weights-mismatch`) that names the first tensor that is
 * missing, has the wrong shape, is not known, or holds NaN or infinity.
 */
export function readLayouts(
  config: ModelConfig,
  tensors: ReadonlyMap<string, SafeTensor>,
): ConvolutionLayout[] {
  const file = config.weights.file
  const shapes = convolutionShapes(config)
  const known = new Set([...shapes.keys()].flatMap((name) => [`${name}.weight`, `${name}.bias`]))
  for (const name of tensors.keys())
    if (!known.has(name)) throw mismatch(file, `has a tensor ${name} that the configuration does not know`)
  return [...shapes].map(([name, [taps, inputs, outputs]]) => ({
    name,
    shape: [taps, inputs, outputs] as const,
    filter: readValues(tensors, `${name}.weight`, [outputs, inputs, taps], file),
    bias: readValues(tensors, `${name}.bias`, [outputs], file),
  }))
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
