import { beforeAll, describe } from 'vitest'
import { useWasm } from '../kernels/testing/backends.ts'
import { hasWebGpu, useWebGpu } from '../kernels/testing/webgpu-backend.ts'
import { describeNetwork } from './testing/network-suite.ts'
import { describeSpectra } from './testing/spectra-suite.ts'

describe('on wasm', () => {
  beforeAll(() => useWasm('/node_modules/@tensorflow/tfjs-backend-wasm/dist/'))
  describeNetwork({ shipped: ['infergrad-small'] })
  describeSpectra()
})

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  beforeAll(useWebGpu)
  describeNetwork({ shipped: ['wavegrad-small', 'infergrad-small'] })
  describeSpectra()
})
