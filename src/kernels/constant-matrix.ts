/**
 * Products with a matrix that never changes, differentiable in the other factor. The transposed matrix is kept beside it: on
 * wasm only plain products go through XNNPACK, and tfjs's own gradient of a product asks for transposed ones.
 *
 * On WebGPU tfjs cuts products of few results and an inner size of 2,000 or more into pieces that it adds with atomics, in
 * no order. A matrix whose sides are both below that gives the same to the bit in every run.
 */
import * as tf from '@tensorflow/tfjs'

export class ConstantMatrix {
  readonly #matrix: tf.Tensor2D
  readonly #transposed: tf.Tensor2D

  /** `values` row-major, [rows, columns]. Holds two tensors until `dispose`. */
  constructor(values: Float32Array, rows: number, columns: number) {
    const transposed = new Float32Array(values.length)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        transposed[column * rows + row] = values[row * columns + column]
    this.#matrix = tf.keep(tf.tensor2d(values, [rows, columns]))
    this.#transposed = tf.keep(tf.tensor2d(transposed, [columns, rows]))
  }

  /** x [n, rows] -> x times the matrix, [n, columns]. The caller disposes. */
  times(x: tf.Tensor2D): tf.Tensor2D {
    return product(x, this.#matrix, this.#transposed)
  }

  /** x [n, columns] -> x times the transposed matrix, [n, rows]. The caller disposes. */
  timesTransposed(x: tf.Tensor2D): tf.Tensor2D {
    return product(x, this.#transposed, this.#matrix)
  }

  dispose(): void {
    tf.dispose([this.#matrix, this.#transposed])
  }
}

function product(x: tf.Tensor2D, matrix: tf.Tensor2D, transposed: tf.Tensor2D): tf.Tensor2D {
  const differentiable = tf.customGrad<tf.Tensor2D>(() => ({
    value: tf.matMul(x, matrix),
    gradFunc: (dy: tf.Tensor2D) => tf.matMul(dy, transposed),
  }))
  return differentiable(x)
}
