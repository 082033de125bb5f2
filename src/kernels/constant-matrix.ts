/**
 * Products with a constant, mostly zero matrix, such as those between bins and bands; differentiable in the other
 * factor.
 *
 * On WebGPU tfjs splits products with few results and an inner size of 2,000 or more, and adds the parts with atomics
 * in arbitrary order. A matrix with both sides below that size gives bit-identical results in every run.
 */
import * as tf from '@tensorflow/tfjs'
import { singleGradient } from './kernel-arguments.ts'

export const constantProductKernel = 'VocoderConstantProduct'

export class ConstantMatrix {
  readonly #matrix: tf.Tensor2D
  /** Kept for the gradient, because the transposed products of tfjs's own gradient are slower. */
  readonly #transposed: tf.Tensor2D

  /** `values` is row-major, [rows, columns]. Holds two tensors until `dispose`. */
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
    const [matrix, transposed] = [this.#matrix, this.#transposed]
    return tf.engine().runKernel<tf.Tensor2D>(constantProductKernel, { x, matrix, transposed })
  }

  dispose(): void {
    tf.dispose([this.#matrix, this.#transposed])
  }
}

tf.registerGradient({
  kernelName: constantProductKernel,
  inputsToSave: ['matrix', 'transposed'],
  gradFunc(gradient, [matrix, transposed]) {
    const x = singleGradient(gradient)
    const swapped = { x, matrix: transposed, transposed: matrix }
    return { x: () => tf.engine().runKernel<tf.Tensor>(constantProductKernel, swapped) }
  },
})
