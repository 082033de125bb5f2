/**
 * Weights in 8 bits: a matrix as integers, I8, of the weight's name, and the scale of each of its rows as `<name>.scale`.
 * Python counterpart: pretrain/networks/eight_bits.py.
 */
import type { SafeTensor } from '../io/safetensors/safetensors.ts'

const suffix = '.scale'

/**
 * Returns the tensors of a file with each matrix in 8 bits in place of its integers and their scales. Integers without
 * scales, or with as many as there are no rows, and scales of anything else stay as they are.
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
