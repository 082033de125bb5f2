/** The kernels of reflected.ts as loops over the wasm heap; stock operations take six, and eight for the gradient. */
import type * as tf from '@tensorflow/tfjs'
import { mirroredPlace } from '../frames/reflected.ts'
import { numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { newTensor, valuesInHeap } from './heap.ts'

export const reflectedWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const [batch, time] = x.shape
  const [before, after] = ['before', 'after'].map((name) => numberAttribute(attrs, name))
  const extended = before + time + after
  const y = newTensor(backend, [batch, extended])
  const [from, to] = [valuesInHeap(backend, x), valuesInHeap(backend, y)]
  for (let row = 0; row < batch; row++)
    for (let at = 0; at < extended; at++)
      to[row * extended + at] = from[row * time + mirroredPlace(at - before, time)]
  return y
}

export const reflectedTransposedWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const dy = tensorInput(inputs, 'dy')
  const [batch, extended] = dy.shape
  const [before, time] = ['before', 'time'].map((name) => numberAttribute(attrs, name))
  const gradient = newTensor(backend, [batch, time])
  const [from, to] = [valuesInHeap(backend, dy), valuesInHeap(backend, gradient).fill(0)]
  for (let row = 0; row < batch; row++)
    for (let at = 0; at < extended; at++)
      to[row * time + mirroredPlace(at - before, time)] += from[row * extended + at]
  return gradient
}
