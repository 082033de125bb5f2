/**
 * The weights that a configuration requires, and the check of a file against them. It needs no tensors, so that the
 * page can check a model without loading tfjs.
 */
import { ProblemError } from '../base/problem.ts'
import type { SafeTensor } from '../io/safetensors/safetensors.ts'
import type { ModelConfig } from './config.ts'
import { fromEightBits } from './eight-bits.ts'
import { frameWeightShapes } from './networks/frames/weight-shapes.ts'
import { waveGradWeightShapes } from './networks/wavegrad/weight-shapes.ts'

/** Every weight of the network that `config` describes: its Python name, and its shape in PyTorch's layout. */
export function weightShapes(config: ModelConfig): Map<string, readonly number[]> {
  switch (config.architecture) {
    case 'wavegrad':
      return waveGradWeightShapes(config)
    case 'frames':
      return frameWeightShapes(config)
  }
}

/** A tensor name that is unique to each architecture. */
const distinctiveNames = { wavegrad: 'first_conv.weight', frames: 'enter_mel.weight' } satisfies Record<
  ModelConfig['architecture'],
  string
>

export type WeightLayout = {
  readonly name: string
  /** The shape in the layout of the file, which is also that of the values. */
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/**
 * Returns the weights of a safetensors file, also of one in 8 bits. Throws a `ProblemError` (`weights-mismatch`) if they
 * are of another architecture; otherwise it names the first tensor that is missing, has the wrong shape, is unknown,
 * lacks its scales, or holds NaN or infinity.
 */
export function readLayouts(config: ModelConfig, stored: ReadonlyMap<string, SafeTensor>): WeightLayout[] {
  const { architecture, weights } = config
  const tensors = fromEightBits(stored)
  const shapes = weightShapes(config)
  const names = ['wavegrad', 'frames'] as const
  const other = names.find((name) => name !== architecture && tensors.has(distinctiveNames[name]))
  if (other && !tensors.has(distinctiveNames[architecture]))
    throw mismatch(weights.file, 'is for another architecture', other, architecture)
  for (const name of tensors.keys())
    if (!shapes.has(name))
      throw mismatch(weights.file, `has a tensor ${name} that is not in the configuration`)
  return [...shapes].map(([name, shape]) => ({
    name,
    shape,
    values: readValues(tensors, name, shape, weights.file),
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
  const { dtype, values } = tensor
  if (dtype === 'I8')
    throw mismatch(file, `has ${name} in 8 bits without a scale for each row`, undefined, `${name}.scale`)
  // A plain loop, because `findIndex` calls a function for each of millions of weights.
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw mismatch(file, `has a value that is not finite in ${name}`, `${values[i]}`)
  return values
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
