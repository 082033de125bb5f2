/** Kernels of the frame network, each in one pass of our own module; stock operations take several. */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'

type Call = Parameters<tf.KernelFunc>[0]

export function depthwiseWasm(own: OwnModule, { inputs, backend }: Call) {
  const bias = addressOf(backend, tensorInput(inputs, 'bias'))
  return convolved(own, backend, tensorInput(inputs, 'x'), tensorInput(inputs, 'filter'), bias, false)
}

export function depthwiseInputGradientWasm(own: OwnModule, { inputs, backend }: Call) {
  return convolved(own, backend, tensorInput(inputs, 'dy'), tensorInput(inputs, 'filter'), 0, true)
}

/** The bias is an address, or 0 for none. */
function convolved(
  own: OwnModule,
  backend: unknown,
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: number,
  isReversed: boolean,
): tf.TensorInfo {
  const y = newTensor(backend, x.shape)
  const [from, weights, to] = [x, filter, y].map((tensor) => addressOf(backend, tensor))
  own.depthwise(from, weights, bias, to, ...activationShape(x), filter.shape[0], isReversed)
  return y
}

export function depthwiseFilterGradientWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  const [x, dy] = [tensorInput(inputs, 'x'), tensorInput(inputs, 'dy')]
  const taps = numberAttribute(attrs, 'taps')
  const [batch, time, channels] = activationShape(x)
  const gradient = newTensor(backend, [taps, 1, channels])
  const [seen, incoming, to] = [x, dy, gradient].map((tensor) => addressOf(backend, tensor))
  own.depthwiseFilterGradient(seen, incoming, to, batch, time, channels, taps)
  return gradient
}

export function normaliseWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  const x = tensorInput(inputs, 'x')
  const [batch, time, channels] = activationShape(x)
  const y = newTensor(backend, x.shape)
  const [from, to] = [x, y].map((tensor) => addressOf(backend, tensor))
  own.normalise(from, to, batch * time, channels, numberAttribute(attrs, 'epsilon'))
  return y
}

export function normaliseGradientWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  const [x, dy] = [tensorInput(inputs, 'x'), tensorInput(inputs, 'dy')]
  const [batch, time, channels] = activationShape(x)
  const gradient = newTensor(backend, x.shape)
  const [from, incoming, to] = [x, dy, gradient].map((tensor) => addressOf(backend, tensor))
  own.normaliseGradient(from, incoming, to, batch * time, channels, numberAttribute(attrs, 'epsilon'))
  return gradient
}

export function siluWasm(own: OwnModule, { inputs, backend }: Call) {
  const x = tensorInput(inputs, 'x')
  const y = newTensor(backend, x.shape)
  own.silu(addressOf(backend, x), addressOf(backend, y), x.size)
  return y
}

export function siluGradientWasm(own: OwnModule, { inputs, backend }: Call) {
  const [x, dy] = [tensorInput(inputs, 'x'), tensorInput(inputs, 'dy')]
  const gradient = newTensor(backend, x.shape)
  const [from, incoming, to] = [x, dy, gradient].map((tensor) => addressOf(backend, tensor))
  own.siluGradient(from, incoming, to, x.size)
  return gradient
}
