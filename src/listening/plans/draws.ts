/** Random integers and shuffles from a seed, the same on every machine. */
import { uniformNoise } from '../../base/random.ts'

/** Separate from the streams of diffusion noise, so that the order of a test is independent of its noise. */
const stream = 0x0abc
const block = 256

export type Draws = {
  /** A random integer in [0, count); `count` is at most 2^16. */
  nextInt(count: number): number
  /** A shuffled copy of `items` (Fisher-Yates). */
  shuffled<Item>(items: readonly Item[]): Item[]
}

/** @param seed an unsigned 32-bit integer. */
export function drawsFrom(seed: number): Draws {
  let drawn = 0
  let values = new Float32Array(0)
  function nextInt(count: number): number {
    const offset = drawn % block
    if (offset === 0) values = uniformNoise(seed, stream, drawn, block)
    drawn++
    return Math.floor(values[offset] * count)
  }
  function shuffled<Item>(items: readonly Item[]): Item[] {
    const copy = [...items]
    for (let last = copy.length - 1; last > 0; last--) {
      const other = nextInt(last + 1)
      ;[copy[last], copy[other]] = [copy[other], copy[last]]
    }
    return copy
  }
  return { nextInt, shuffled }
}
