/**
 * Access to wasm tensors in the backend's memory. tfjs's own JavaScript kernels (slices, concatenations) copy a whole
 * tensor out of that memory to read a part of it, which in training takes longer than some of the matrix products.
 */
import type * as tf from '@tensorflow/tfjs'
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm'

/** Creates a tensor of `shape` with undefined values; the calling kernel owns it. */
export function newTensor(backend: unknown, shape: number[]): tf.TensorInfo {
  return wasm(backend).makeOutput(shape, 'float32')
}

/** Returns a view of the tensor's values, valid until the next tensor is created, which may move the memory. */
export function valuesInHeap(backend: unknown, { dataId, shape }: tf.TensorInfo): Float32Array {
  const values = wasm(backend).typedArrayFromHeap({ dataId, shape, dtype: 'float32' })
  if (!(values instanceof Float32Array)) throw new Error('A tensor that is not float32')
  return values
}

/** Returns the byte address of the tensor's values. It stays valid when other tensors are created. */
export function addressOf(backend: unknown, tensor: tf.TensorInfo): number {
  return valuesInHeap(backend, tensor).byteOffset
}

/** Returns another tensor with the same values, without a copy. */
export function sharedTensor(backend: unknown, { dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  wasm(backend).incRef(dataId)
  return { dataId, shape, dtype }
}

/** Calls `use` with the address of room for `count` values, which is freed when `use` returns. */
export function withScratch(backend: unknown, count: number, use: (address: number) => void): void {
  const scratch = newTensor(backend, [count])
  use(addressOf(backend, scratch))
  wasm(backend).disposeData(scratch.dataId)
}

function wasm(backend: unknown): BackendWasm {
  if (backend instanceof BackendWasm) return backend
  throw new Error('A wasm kernel was called on another backend')
}
