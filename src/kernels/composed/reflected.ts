/** The kernels of ../frames/reflected.ts, composed of stock tfjs operations. */
import * as tf from '@tensorflow/tfjs'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'

type Inputs = tf.NamedTensorInfoMap
type Attributes = tf.NamedAttrMap | undefined

const extension = (attributes: Attributes) =>
  [numberAttribute(attributes, 'before'), numberAttribute(attributes, 'after')] as const

export function composedReflected(inputs: Inputs, attributes: Attributes): tf.Tensor {
  return extended(tensorInput(inputs, 'x'), ...extension(attributes))
}

export function composedReflectedTransposed(inputs: Inputs, attributes: Attributes): tf.Tensor {
  return folded(tensorInput(inputs, 'dy'), ...extension(attributes), numberAttribute(attributes, 'time'))
}

/** The largest extension that mirrors each sample at most once; `extended` and `folded` repeat for the rest. */
function once(before: number, after: number, time: number): [first: number, last: number] {
  return [Math.min(before, time - 1), Math.min(after, time - 1)]
}

function extended(x: tf.Tensor, before: number, after: number): tf.Tensor {
  const [batch, time] = x.shape
  const [first, last] = once(before, after, time)
  if (first < before || last < after) return extended(extended(x, first, last), before - first, after - last)
  const cut = Math.max(0, -before)
  const parts = [x.slice([0, cut], [batch, time - cut - Math.max(0, -after)])]
  if (before > 0) parts.unshift(x.slice([0, 1], [batch, before]).reverse(1))
  if (after > 0) parts.push(x.slice([0, time - 1 - after], [batch, after]).reverse(1))
  return tf.concat(parts, 1)
}

/** Adds the mirrored samples to those that they show; removed samples get zeros. */
function folded(dy: tf.Tensor, before: number, after: number, time: number): tf.Tensor {
  const [batch] = dy.shape
  const [first, last] = once(before, after, time)
  if (first < before || last < after)
    return folded(folded(dy, before - first, after - last, time + first + last), first, last, time)
  const placed = (from: number, count: number, at: number, isMirrored: boolean) => {
    const part = dy.slice([0, from], [batch, count])
    return tf.pad(isMirrored ? part.reverse(1) : part, [
      [0, 0],
      [at, time - at - count],
    ])
  }
  const cut = Math.max(0, -before)
  const parts = [placed(Math.max(0, before), time - cut - Math.max(0, -after), cut, false)]
  if (before > 0) parts.push(placed(0, before, 1, true))
  if (after > 0) parts.push(placed(before + time, after, time - 1 - after, true))
  return parts.reduce((sum, part) => sum.add(part))
}
