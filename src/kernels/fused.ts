/**
 * Compositions of differentiable operations that a backend may have as one kernel, for passes without gradients. The
 * composition defines the result and its gradient, so that training never needs the kernel.
 */
import * as tf from '@tensorflow/tfjs'

/**
 * Runs the kernel on `inputs`, or the composition if the current backend has no such kernel or a gradient is being
 * recorded. Both return the same tensors, within rounding. The caller disposes them.
 */
export function fused<Result extends tf.Tensor | tf.Tensor[]>(
  kernelName: string,
  inputs: Readonly<Record<string, tf.Tensor>>,
  attributes: tf.NamedAttrMap,
  composition: () => Result,
): Result {
  const engine = tf.engine()
  if (engine.isTapeOn() || !tf.getKernel(kernelName, engine.backendName)) return tf.tidy(composition)
  return engine.runKernel<Result>(kernelName, { ...inputs }, attributes)
}
