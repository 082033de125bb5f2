/** The kernels of framed-spectra.ts on the wasm heap. */
import type * as tf from '@tensorflow/tfjs'
import { framedSizes } from '../framed-spectra.ts'
import { tensorInput } from '../kernel-arguments.ts'
import { writeSpectra, writeSpectraTransposed } from '../spectra-in-numbers.ts'
import { newTensor, valuesInHeap } from './heap.ts'

export const spectraWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  const shape = [sizes.batch * sizes.frames, sizes.bins]
  const [re, im] = [newTensor(backend, shape), newTensor(backend, shape)]
  writeSpectra(
    valuesInHeap(backend, tensorInput(inputs, 'x')),
    valuesInHeap(backend, tensorInput(inputs, 'table')),
    sizes,
    valuesInHeap(backend, re),
    valuesInHeap(backend, im),
  )
  return [re, im]
}

export const spectraTransposedWasm: tf.KernelFunc = ({ inputs, attrs, backend }) => {
  const sizes = framedSizes(inputs, attrs)
  const x = newTensor(backend, [sizes.batch, sizes.samples])
  writeSpectraTransposed(
    valuesInHeap(backend, tensorInput(inputs, 're')),
    valuesInHeap(backend, tensorInput(inputs, 'im')),
    valuesInHeap(backend, tensorInput(inputs, 'table')),
    sizes,
    valuesInHeap(backend, x),
  )
  return x
}
