/** The kernels of framed-spectra.ts, with fast Fourier transforms of four frames at a time. */
import type * as tf from '@tensorflow/tfjs'
import { framedSizes } from '../frames/framed-spectra.ts'
import { tensorInput } from '../kernel-arguments.ts'
import { addressOf, newTensor, withScratch } from './heap.ts'
import type { OwnModule } from './own-module.ts'

/** Number of scratch values per sample of a frame that assembly/spectra.ts needs. */
const scratchPerSample = 8

export function spectraWasm(own: OwnModule, { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0]) {
  const { batch, frames, hopSamples, fftSize, bins } = framedSizes(inputs, attrs)
  const shape = [batch * frames, bins]
  const [re, im] = [newTensor(backend, shape), newTensor(backend, shape)]
  const at = (tensor: tf.TensorInfo) => addressOf(backend, tensor)
  const [x, table] = [at(tensorInput(inputs, 'x')), at(tensorInput(inputs, 'table'))]
  withScratch(backend, scratchPerSample * fftSize, (scratch) =>
    own.spectra(x, table, scratch, at(re), at(im), batch, frames, hopSamples, fftSize),
  )
  return [re, im]
}

export function spectraTransposedWasm(
  own: OwnModule,
  { inputs, attrs, backend }: Parameters<tf.KernelFunc>[0],
) {
  const { batch, frames, hopSamples, fftSize, samples } = framedSizes(inputs, attrs)
  const x = newTensor(backend, [batch, samples])
  const at = (tensor: tf.TensorInfo) => addressOf(backend, tensor)
  const [re, im, table] = ['re', 'im', 'table'].map((name) => at(tensorInput(inputs, name)))
  withScratch(backend, scratchPerSample * fftSize, (scratch) =>
    own.spectraTransposed(re, im, table, scratch, at(x), batch, frames, hopSamples, fftSize),
  )
  return x
}
