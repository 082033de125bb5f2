/** The kernels of reflected.ts, composed of stock tfjs operations. */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from './kernel-arguments.ts'

type Inputs = tf.NamedTensorInfoMap
type Attributes = tf.NamedAttrMap | undefined

const extension = (attributes: Attributes) =>
  [numberAttribute(attributes, 'before'), numberAttribute(attributes, 'after')] as const

export function composedReflected(inputs: Inputs, attributes: Attributes): tf.Tensor {
  return extended(tensorInput(inputs, 'x'), ...extension(attributes))
}

/** tfjs's gradients of the slices, which are linear: they are the same for every x. */
export function composedReflectedTransposed(inputs: Inputs, attributes: Attributes): tf.Tensor {
  const dy = tensorInput(inputs, 'dy')
  const anyX = tf.zeros([dy.shape[0], numberAttribute(attributes, 'time')])
  return tf.grad((x) => extended(x, ...extension(attributes)))(anyX, dy)
}

function extended(x: tf.Tensor, before: number, after: number): tf.Tensor {
  const [batch, time] = x.shape
  if (Math.max(before, after) >= time) {
    const [first, last] = [Math.min(before, time - 1), Math.min(after, time - 1)]
    return extended(extended(x, first, last), before - first, after - last)
  }
  const first = Math.max(0, -before)
  const parts = [x.slice([0, first], [batch, time - first - Math.max(0, -after)])]
  if (before > 0) parts.unshift(x.slice([0, 1], [batch, before]).reverse(1))
  if (after > 0) parts.push(x.slice([0, time - 1 - after], [batch, after]).reverse(1))
  return tf.concat(parts, 1)
}
