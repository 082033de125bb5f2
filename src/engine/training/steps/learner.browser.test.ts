import { beforeAll, describe } from 'vitest'
import { useWasm } from '../../../kernels/testing/backends.ts'
import { hasWebGpu, useWebGpu } from '../../../kernels/testing/webgpu-backend.ts'
import { describeLearner } from '../testing/learner-suite.ts'

describe('on wasm', () => {
  beforeAll(() => useWasm('/node_modules/@tensorflow/tfjs-backend-wasm/dist/'))
  describeLearner()
})

describe.skipIf(!(await hasWebGpu()))('on webgpu', { timeout: 240_000 }, () => {
  beforeAll(useWebGpu)
  describeLearner()
})
