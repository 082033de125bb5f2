/** Gradients of the frame network's kernels, each in one pass over the wasm heap; stock operations take several. */
import * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { newTensor, valuesInHeap } from './heap.ts'

/** Sums the products of x and dy at the shift of each tap, in float32. */
export const depthwiseFilterGradientWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const taps = numberAttribute(attrs, 'taps')
  const [batch, time, channels] = activationShape(x)
  const gradient = newTensor(backend, [taps, 1, channels])
  const to = valuesInHeap(backend, gradient).fill(0)
  const [seen, incoming] = [valuesInHeap(backend, x), valuesInHeap(backend, dy)]
  for (let tap = 0; tap < taps; tap++) {
    const offset = tap - (taps - 1) / 2
    const sums = to.subarray(tap * channels, (tap + 1) * channels)
    for (let item = 0; item < batch; item++)
      for (let t = Math.max(0, -offset); t < Math.min(time, time - offset); t++) {
        const from = (item * time + t) * channels
        const moved = from + offset * channels
        for (let c = 0; c < channels; c++) sums[c] += seen[moved + c] * incoming[from + c]
      }
  }
  return gradient
}

export const normaliseGradientWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  const [batch, time, channels] = activationShape(x)
  const gradient = newTensor(backend, x.shape)
  const to = valuesInHeap(backend, gradient)
  const [from, incoming] = [valuesInHeap(backend, x), valuesInHeap(backend, dy)]
  const moments = momentsReader(from, channels, numberAttribute(attrs, 'epsilon'))
  for (let row = 0; row < batch * time; row++) {
    const { mean, scale } = moments(row)
    const [begin, end] = [row * channels, (row + 1) * channels]
    let [along, sum] = [0, 0] // These are the dot products of dy with the centred x and with ones.
    for (let at = begin; at < end; at++) {
      sum += incoming[at]
      along += incoming[at] * (from[at] - mean)
    }
    const slope = (along * scale * scale) / channels
    const level = sum / channels
    for (let at = begin; at < end; at++) to[at] = (incoming[at] - level - (from[at] - mean) * slope) * scale
  }
  return gradient
}

/** Takes the sigmoid from XNNPACK and computes the rest in one pass. */
export const siluGradientWasm: tf.KernelFunc = ({ inputs, backend }) => {
  const x = tensorInput(inputs, 'x')
  const dy = tensorInput(inputs, 'dy')
  return tf.tidy(() => {
    const share = tf.sigmoid(x)
    const [from, incoming, to] = [x, dy, share].map((tensor) => valuesInHeap(backend, tensor))
    for (let at = 0; at < to.length; at++) {
      const y = from[at] * to[at]
      to[at] = incoming[at] * (to[at] + y * (1 - to[at]))
    }
    return share
  })
}

/**
 * Returns a function that computes the mean of a row and the reciprocal of its standard deviation; each call overwrites
 * the result of the last.
 */
function momentsReader(values: Float32Array, channels: number, epsilon: number) {
  const moments = { mean: 0, scale: 0 }
  return (row: number) => {
    const [begin, end] = [row * channels, (row + 1) * channels]
    let sum = 0
    for (let at = begin; at < end; at++) sum += values[at]
    const mean = sum / channels
    let squares = 0
    for (let at = begin; at < end; at++) squares += (values[at] - mean) ** 2
    moments.mean = mean
    moments.scale = 1 / Math.sqrt(squares / channels + epsilon)
    return moments
  }
}
