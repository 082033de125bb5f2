/**
 * The kernel of conv1d.ts: a product in our own module, or XNNPACK's convolution, called without the engine; then the
 * residual is added in place. The composed form takes up to six calls of the engine, and another pass over the result.
 */
import * as tf from '@tensorflow/tfjs'
import { conv1dOfStockOps } from '../composed/register.ts'
import { activationShape, numberAttribute, optionalTensorInput, tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor } from './heap.ts'
import type { OwnModule } from './own-module.ts'
import { rowsOf, writeProduct } from './product.ts'

type Call = Parameters<tf.KernelFunc>[0]

export function conv1dWasm(own: OwnModule, { inputs, attrs, backend }: Call) {
  // Leaky ReLU takes another stock kernel.
  if (numberAttribute(attrs, 'leakyReluSlope') !== 1) return tf.tidy(() => conv1dOfStockOps(inputs, attrs))
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const [batch, time, channels] = activationShape(x)
  const [taps, , outputs] = filter.shape
  const rows = batch * time
  const y = { dtype: x.dtype, shape: [batch, time, outputs] }
  let made: tf.TensorInfo
  if (taps === 1) {
    made = newTensor(backend, y.shape)
    const factors = {
      a: rowsOf(x, channels),
      b: rowsOf(filter, outputs),
      bias: tensorInput(inputs, 'bias'),
    }
    writeProduct(own, backend, made, factors, { rows, inner: channels, columns: outputs })
  } else made = { ...y, dataId: convolved(inputs, attrs, backend).dataId }
  const residual = optionalTensorInput(inputs, 'residual')
  if (residual) {
    const repeat = numberAttribute(attrs, 'residualRepeat')
    const [count, columns] = repeat === 1 ? [1, residual.size] : [residual.size / outputs, outputs]
    own.addRepeated(addressOf(backend, made), addressOf(backend, residual), count, columns, repeat)
  }
  return made
}

function convolved(
  inputs: tf.NamedTensorInfoMap,
  attributes: tf.NamedAttrMap | undefined,
  backend: Call['backend'],
): tf.TensorInfo {
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const [batch, time, channels] = activationShape(x)
  const [taps, , outputs] = filter.shape
  const result = fusedConv2d().kernelFunc({
    inputs: {
      x: { dataId: x.dataId, dtype: x.dtype, shape: [batch, 1, time, channels] },
      filter: { dataId: filter.dataId, dtype: filter.dtype, shape: [1, taps, channels, outputs] },
      bias: tensorInput(inputs, 'bias'),
    },
    attrs: {
      strides: [1, 1],
      pad: 'same',
      dataFormat: 'NHWC',
      dilations: [1, numberAttribute(attributes, 'dilation')],
      activation: 'linear',
    },
    backend,
  })
  if (Array.isArray(result)) throw new Error('A convolution has one result')
  return result
}

function fusedConv2d(): tf.KernelConfig {
  const kernel = tf.getKernel('FusedConv2D', 'wasm')
  if (!kernel) throw new Error('The wasm backend has no FusedConv2D')
  return kernel
}
