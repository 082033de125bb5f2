/**
 * The kernel of conv1d.ts: XNNPACK's convolution, called without the engine, and the residual added in place. The
 * composed form takes up to six calls of the engine, and another pass over the result.
 */
import * as tf from '@tensorflow/tfjs'
import { conv1dOfStockOps } from '../composed.ts'
import { activationShape, numberAttribute, optionalTensorInput, tensorInput } from '../kernel-arguments.ts'
import { addressOf } from './heap.ts'
import type { OwnModule } from './own-module.ts'

export function conv1dWasm(own: OwnModule, { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0]) {
  // Leaky ReLU takes another stock kernel.
  if (numberAttribute(attrs, 'leakyReluSlope') !== 1) return tf.tidy(() => conv1dOfStockOps(inputs, attrs))
  const x = tensorInput(inputs, 'x')
  const filter = tensorInput(inputs, 'filter')
  const residual = optionalTensorInput(inputs, 'residual')
  const [batch, time, channels] = activationShape(x)
  const [taps, , outputs] = filter.shape
  const convolved = fusedConv2d().kernelFunc({
    inputs: {
      x: { dataId: x.dataId, dtype: x.dtype, shape: [batch, 1, time, channels] },
      filter: { dataId: filter.dataId, dtype: filter.dtype, shape: [1, taps, channels, outputs] },
      bias: tensorInput(inputs, 'bias'),
    },
    attrs: {
      strides: [1, 1],
      pad: 'same',
      dataFormat: 'NHWC',
      dilations: [1, numberAttribute(attrs, 'dilation')],
      activation: 'linear',
    },
    backend,
  })
  if (Array.isArray(convolved)) throw new Error('A convolution has one result')
  if (residual) {
    const repeat = numberAttribute(attrs, 'residualRepeat')
    const [rows, columns] = repeat === 1 ? [1, residual.size] : [residual.size / outputs, outputs]
    own.addRepeated(addressOf(backend, convolved), addressOf(backend, residual), rows, columns, repeat)
  }
  return { ...convolved, shape: [batch, time, outputs] }
}

function fusedConv2d(): tf.KernelConfig {
  const kernel = tf.getKernel('FusedConv2D', 'wasm')
  if (!kernel) throw new Error('The wasm backend has no FusedConv2D')
  return kernel
}
