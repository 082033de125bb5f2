/**
 * Seeded random numbers with random access: the value at (seed, stream, index) depends neither on the requested range
 * nor on the backend that computes with it, so each chunk of a long synthesis draws its own part of the noise.
 */
import { philox4x32 } from './philox.ts'

const wordsPerBlock = 4
const toUnit = 2 ** -32

function checkUint32(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
    throw new RangeError(`${name} must be an integer from 0 to 4294967295, not ${value}`)
  }
}

/**
 * Fills an array of `length` from the blocks that hold `start` .. `start + length`; `toValues` maps the four words of a
 * block.
 */
function draw(
  seed: number,
  stream: number,
  start: number,
  length: number,
  toValues: (words: Uint32Array, values: Float64Array) => void,
): Float32Array<ArrayBuffer> {
  checkUint32('seed', seed)
  checkUint32('stream', stream)
  if (!Number.isSafeInteger(start) || start < 0) throw new RangeError(`start must not be ${start}`)
  const drawn = new Float32Array(length)
  const words = new Uint32Array(wordsPerBlock)
  const values = new Float64Array(wordsPerBlock)
  let block = Math.floor(start / wordsPerBlock)
  let offset = start - block * wordsPerBlock
  for (let index = 0; index < length; block++, offset = 0) {
    philox4x32(block >>> 0, Math.floor(block / 2 ** 32), 0, 0, seed, stream, words)
    toValues(words, values)
    for (; offset < wordsPerBlock && index < length; offset++) drawn[index++] = values[offset]
  }
  return drawn
}

/** Box-Muller on two pairs of words. Adding one half keeps the argument of the logarithm above zero. */
function toGaussian(words: Uint32Array, values: Float64Array): void {
  for (let pair = 0; pair < wordsPerBlock; pair += 2) {
    const radius = Math.sqrt(-2 * Math.log((words[pair] + 0.5) * toUnit))
    const angle = 2 * Math.PI * words[pair + 1] * toUnit
    values[pair] = radius * Math.cos(angle)
    values[pair + 1] = radius * Math.sin(angle)
  }
}

function toUniform(words: Uint32Array, values: Float64Array): void {
  // Only 24 bits are used, so that rounding to float32 cannot give 1.
  for (let index = 0; index < wordsPerBlock; index++) values[index] = (words[index] >>> 8) * 2 ** -24
}

/**
 * Standard normal noise, elements `start` .. `start + length` of the sequence of (seed, stream).
 * `seed` and `stream` are unsigned 32-bit integers; different streams of one seed are independent. Throws RangeError.
 */
export function gaussianNoise(
  seed: number,
  stream: number,
  start: number,
  length: number,
): Float32Array<ArrayBuffer> {
  return draw(seed, stream, start, length, toGaussian)
}

/** Returns uniform values in [0, 1). It uses the same random words as `gaussianNoise`: give each its own stream. */
export function uniformNoise(
  seed: number,
  stream: number,
  start: number,
  length: number,
): Float32Array<ArrayBuffer> {
  return draw(seed, stream, start, length, toUniform)
}
