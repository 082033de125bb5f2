/** Tests of tfjs's kernels that copy, for which the wasm backend has faster forms. */
import * as tf from '@tensorflow/tfjs'
import { test } from 'vitest'
import { expectClose } from './expectations.ts'

/** Declares the tests; the calling file sets the backend in a `beforeAll`. */
export function describeCopies(): void {
  test('slices and concatenations of any axes are those of plain loops', async () => {
    const shape: [number, number, number] = [3, 5, 7]
    const at = (i: number, j: number, k: number) => 100 * i + 10 * j + k
    const values = ([first, ...begins]: number[], [count, ...sizes]: number[]): number[] =>
      Array.from({ length: count }, (_, n) => first + n).flatMap((i) =>
        Array.from({ length: sizes[0] }, (_, n) => begins[0] + n).flatMap((j) =>
          Array.from({ length: sizes[1] }, (_, n) => at(i, j, begins[1] + n)),
        ),
      )
    const x = tf.tensor3d(values([0, 0, 0], shape), shape)
    const cuts: [number[], number[]][] = [
      [
        [0, 0, 2],
        [3, 5, 4],
      ],
      [
        [0, 3, 0],
        [3, 2, 7],
      ],
      [
        [1, 0, 0],
        [2, 5, 7],
      ],
      [
        [1, 2, 0],
        [2, 3, 7],
      ],
      [
        [1, 0, 3],
        [2, 5, 2],
      ],
      [
        [1, 1, 1],
        [1, 2, 3],
      ],
      [
        [0, 0, 0],
        [3, 5, 7],
      ],
    ]
    for (const [begin, size] of cuts) {
      const sliced = tf.slice(x, begin, size)
      await expectClose(sliced, { shape: size, values: values(begin, size) }, 1e-6)
      sliced.dispose()
    }
    for (const axis of [0, 1, -1]) {
      const cutAxis = (axis + 3) % 3
      const part = (from: number, to: number) =>
        x.slice(
          shape.map((_, other) => (other === cutAxis ? from : 0)),
          shape.map((size, other) => (other === cutAxis ? to - from : size)),
        )
      const joined = tf.tidy(() => tf.concat([part(0, 1), part(1, 3), part(3, shape[cutAxis])], axis))
      await expectClose(joined, { shape, values: values([0, 0, 0], shape) }, 1e-6)
      joined.dispose()
    }
    x.dispose()
  })

  test('a clone keeps its values when the tensor is disposed', async () => {
    const x = tf.tensor1d([1, 2, 3])
    const clone = x.clone()
    x.dispose()
    await expectClose(clone, { shape: [3], values: [1, 2, 3] }, 1e-6)
    clone.dispose()
  })
}
