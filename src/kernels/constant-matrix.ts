/**
 * Products with a constant, mostly zero matrix, such as those between bins and bands; differentiable in the other
 * factor.
 *
 * On WebGPU tfjs splits products with few results and an inner size of 2,000 or more, and adds the parts with atomics
 * in arbitrary order. A matrix with both sides below that size gives bit-identical results in every run.
 */
import * as tf from '@tensorflow/tfjs'
import { bandedProductKernel } from './frames/frame-fusions.ts'
import { fused } from './fused.ts'
import { singleGradient } from './kernel-arguments.ts'

export const constantProductKernel = 'VocoderConstantProduct'

export class ConstantMatrix {
  readonly #matrix: tf.Tensor2D
  /** Kept for the gradient, because the transposed products of tfjs's own gradient are slower. */
  readonly #transposed: tf.Tensor2D
  readonly #ranges: tf.Tensor2D

  /** `values` is row-major, [rows, columns]. Holds three tensors until `dispose`. */
  constructor(values: Float32Array, rows: number, columns: number) {
    const transposed = new Float32Array(values.length)
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        transposed[column * rows + row] = values[row * columns + column]
    const ranges = Array.from({ length: columns }, (_, column) => {
      const ofColumn = transposed.subarray(column * rows, (column + 1) * rows)
      const isSet = (value: number) => value !== 0
      return [Math.max(0, ofColumn.findIndex(isSet)), ofColumn.findLastIndex(isSet) + 1]
    })
    this.#ranges = tf.keep(tf.tensor2d(ranges, [columns, 2], 'int32'))
    this.#matrix = tf.keep(tf.tensor2d(values, [rows, columns]))
    this.#transposed = tf.keep(tf.tensor2d(transposed, [columns, rows]))
  }

  /**
   * Inputs of kernels that contain the product: `matrix` [rows, columns], and `ranges` [columns, 2], the first row of each
   * column that is not zero, and the row after the last one.
   */
  get inputs(): { readonly matrix: tf.Tensor2D; readonly ranges: tf.Tensor2D } {
    return { matrix: this.#matrix, ranges: this.#ranges }
  }

  /** x [n, rows] -> x times the matrix, [n, columns]. The caller disposes. */
  times(x: tf.Tensor2D): tf.Tensor2D {
    const [matrix, transposed] = [this.#matrix, this.#transposed]
    return fused(bandedProductKernel, { x, ...this.inputs }, {}, () =>
      tf.engine().runKernel<tf.Tensor2D>(constantProductKernel, { x, matrix, transposed }),
    )
  }

  dispose(): void {
    tf.dispose([this.#matrix, this.#transposed, this.#ranges])
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
