/** Values with their gradients, in whatever tensors the function read: tfjs's own wrappers hand it copies of theirs. */
import * as tf from '@tensorflow/tfjs'

export type Differentiated = {
  readonly value: tf.Tensor
  /** Of each tensor asked for, in their order. */
  readonly gradients: tf.Tensor[]
}

/**
 * The value of `f` and the gradient in `tensors` of it, or of its product with `incoming` where it is no scalar. Throws where
 * `f` does not depend on one of them. The caller disposes all of it.
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

/** Sums place by place; disposes both lists. */
export function accumulate(sums: readonly tf.Tensor[], more: readonly tf.Tensor[]): tf.Tensor[] {
  return sums.map((sum, index) => {
    const total = sum.add(more[index])
    tf.dispose([sum, more[index]])
    return total
  })
}
