/** The layout in which the factors of a product are read, in order and without gaps. */
import { transposeBlock } from './transpose-block'

/**
 * Writes `inner` groups of `size` values: the n-th of `count` vectors, `vectorStride` apart, gives the n-th value of
 * every group. Missing vectors give zeros.
 */
export function pack(
  to: usize,
  from: usize,
  vectorStride: i32,
  innerStride: i32,
  count: i32,
  inner: i32,
  size: i32,
): void {
  const groupBytes = (<usize>size) << 2
  if (count < size) memory.fill(to, 0, groupBytes * <usize>inner)
  if (vectorStride === 1) {
    const bytes = (<usize>innerStride) << 2
    for (let k: i32 = 0; k < inner; k++) {
      if (count === 8) {
        v128.store(to, v128.load(from))
        v128.store(to, v128.load(from, 16), 16)
      } else if (count === 6) {
        v128.store(to, v128.load(from))
        store<u64>(to, load<u64>(from, 16), 16)
      } else {
        memory.copy(to, from, (<usize>count) << 2)
      }
      to += groupBytes
      from += bytes
    }
    return
  }
  const vectorBytes = (<usize>vectorStride) << 2
  const fours = innerStride === 1 ? inner & ~3 : 0
  let vector: i32 = 0
  for (; vector + 4 <= count; vector += 4) {
    let source = from + <usize>vector * vectorBytes
    let target = to + ((<usize>vector) << 2)
    for (let k: i32 = 0; k < fours; k += 4) {
      transposeBlock(target, groupBytes, source, vectorBytes)
      source += 16
      target += groupBytes << 2
    }
    for (let lane: i32 = 0; lane < 4; lane++)
      packOne(to, from, groupBytes, vectorBytes, innerStride, vector + lane, fours, inner)
  }
  for (; vector < count; vector++) packOne(to, from, groupBytes, vectorBytes, innerStride, vector, 0, inner)
}

function packOne(
  to: usize,
  from: usize,
  groupBytes: usize,
  vectorBytes: usize,
  innerStride: i32,
  vector: i32,
  first: i32,
  inner: i32,
): void {
  const source = from + <usize>vector * vectorBytes
  const target = to + ((<usize>vector) << 2)
  const innerBytes = (<usize>innerStride) << 2
  for (let k: i32 = first; k < inner; k++)
    store<f32>(target + <usize>k * groupBytes, load<f32>(source + <usize>k * innerBytes))
}
