/**
 * Weights in 8 bits: a matrix as integers, I8, of the weight's name, and the scale of each of its rows as `<name>.scale`.
 * Python counterpart: pretrain/networks/eight_bits.py.
 */
import type { SafeTensor } from '../io/safetensors/safetensors.ts'

const suffix = '.scale'

/**
 * Returns the tensors of a file, in which a matrix takes the place of its integers and their scales. Integers without a
 * scale for each row stay as they are, and so do scales of anything else.
 */
export function fromEightBits(stored: ReadonlyMap<string, SafeTensor>): Map<string, SafeTensor> {
  const weights = new Map(stored)
  for (const [name, integers] of stored) {
    const scale = stored.get(name + suffix)
    if (integers.dtype !== 'I8' || !scale || String(scale.shape) !== String(integers.shape.slice(0, 1)))
      continue
    weights.delete(name + suffix)
    weights.set(name, scaled(integers, scale))
  }
  return weights
}

function scaled({ shape, values: integers }: SafeTensor, { values: scales }: SafeTensor): SafeTensor {
  const rowLength = integers.length / scales.length
  const values = Float32Array.from(integers)
  for (let row = 0; row < scales.length; row++)
    for (let i = row * rowLength; i < (row + 1) * rowLength; i++) values[i] *= scales[row]
  return { dtype: 'F32', shape, values }
}
