import { beforeAll, describe } from 'vitest'
import { useWasm } from './testing/backends.ts'
import { describeKernels } from './testing/kernel-suite.ts'
import { hasWebGpu, useWebGpu } from './testing/webgpu-backend.ts'

describe('on wasm', () => {
  beforeAll(() => useWasm('/node_modules/@tensorflow/tfjs-backend-wasm/dist/'))
  describeKernels()
})

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  beforeAll(useWebGpu)
  describeKernels()
})
