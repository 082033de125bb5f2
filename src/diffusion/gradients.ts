/** Values with their gradients in any tensors that a function reads; tfjs's own wrappers pass it copies instead. */
import * as tf from '@tensorflow/tfjs'

export type Differentiated = {
  readonly value: tf.Tensor
  /** One per requested tensor, in their order. */
  readonly gradients: tf.Tensor[]
}

/**
 * Returns the value of `f` and its gradients in `tensors`, or those of its product with `incoming` if it is not a
 * scalar. Throws if `f` does not depend on one of them. The caller disposes all of it.
 */
export function differentiate(
  f: () => tf.Tensor,
  tensors: readonly tf.Tensor[],
  incoming?: tf.Tensor,
): Differentiated {
  return tf.tidy(() => {
    const { value, grads } = tf.engine().gradients(f, [...tensors], incoming)
    const missing = grads.findIndex((gradient) => !gradient)
    if (missing >= 0) throw new Error(`Nothing depends on tensor ${missing} of [${tensors[missing].shape}]`)
    return { value, gradients: grads }
  })
}

/** Elementwise sums; disposes both lists. */
export function accumulate(sums: readonly tf.Tensor[], more: readonly tf.Tensor[]): tf.Tensor[] {
  return sums.map((sum, index) => {
    const total = sum.add(more[index])
    tf.dispose([sum, more[index]])
    return total
  })
}
