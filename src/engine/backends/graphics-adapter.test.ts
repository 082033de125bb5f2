import { afterEach, expect, test, vi } from 'vitest'
import { expectedBackend } from './graphics-adapter.ts'

afterEach(() => vi.unstubAllGlobals())

const info = {
  vendor: 'nvidia',
  architecture: 'ampere',
  device: '',
  description: '',
  isFallbackAdapter: false,
}

function withAdapter(requestAdapter: () => Promise<unknown>): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter } })
}

test('WebGPU is expected on an adapter of hardware', async () => {
  withAdapter(async () => ({ info }))
  expect(await expectedBackend()).toBe('webgpu')
})

test.each([
  ['there is no adapter', async () => null],
  ['the adapter computes on the CPU', async () => ({ info: { ...info, description: 'llvmpipe (LLVM 19)' } })],
  ['the adapter stands in for another', async () => ({ info: { ...info, isFallbackAdapter: true } })],
  ['asking for one fails', () => Promise.reject(new Error('The GPU process ended.'))],
])('WebAssembly is expected where %s', async (_, requestAdapter) => {
  withAdapter(requestAdapter)
  expect(await expectedBackend()).toBe('wasm')
})

test('WebAssembly is expected in a browser without WebGPU', async () => {
  vi.stubGlobal('navigator', {})
  expect(await expectedBackend()).toBe('wasm')
})
