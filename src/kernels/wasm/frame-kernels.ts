/** Kernels of the frame network, each in one pass of our own module; stock operations take several, or scalar loops. */
import type * as tf from '@tensorflow/tfjs'
import { activationShape, numberAttribute, tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'

type Call = Parameters<tf.KernelFunc>[0]

export function depthwiseWasm(own: OwnModule, { inputs, backend }: Call) {
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const [batch, time, channels] = activationShape(x)
  const convolved = newTensor(backend, x.shape)
  const at = (tensor: tf.TensorInfo) => addressOf(backend, tensor)
  const [from, weights, bias] = [at(x), at(filter), at(tensorInput(inputs, 'bias'))]
  own.depthwise(from, weights, bias, at(convolved), batch, time, channels, filter.shape[0])
  return convolved
}

export function normaliseWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  const x = tensorInput(inputs, 'x')
  const [batch, time, channels] = activationShape(x)
  const normalised = newTensor(backend, x.shape)
  const [from, to] = [addressOf(backend, x), addressOf(backend, normalised)]
  own.normalise(from, to, batch * time, channels, numberAttribute(attrs, 'epsilon'))
  return normalised
}
