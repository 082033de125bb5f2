import { beforeAll, describe } from 'vitest'
import { useWasm } from './testing/backends.ts'
import { describeCopies } from './testing/copy-suite.ts'
import { describeFrameKernels } from './testing/frame-kernel-suite.ts'
import { describeKernels } from './testing/kernel-suite.ts'
import { describeProducts } from './testing/product-suite.ts'
import { describeStft } from './testing/stft-suite.ts'

describe('on wasm', () => {
  beforeAll(() => useWasm('/node_modules/@tensorflow/tfjs-backend-wasm/dist/'))
  describeKernels()
  describeCopies()
  describeFrameKernels()
  describeProducts()
  describeStft()
})
