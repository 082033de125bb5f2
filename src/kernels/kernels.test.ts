import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from './testing/backends.ts'
import { describeCopies } from './testing/copy-suite.ts'
import { describeFrameKernels } from './testing/frame-kernel-suite.ts'
import { describeKernels } from './testing/kernel-suite.ts'
import { describeProducts } from './testing/product-suite.ts'
import { describeStft } from './testing/stft-suite.ts'

describe('on cpu', { timeout: 30_000 }, () => {
  beforeAll(useCpu)
  describeKernels()
  describeCopies()
  describeFrameKernels()
  describeProducts()
  describeStft()
})

describe('on wasm', { timeout: 30_000 }, () => {
  beforeAll(() => useWasm())
  describeKernels()
  describeCopies()
  describeFrameKernels()
  describeProducts()
  describeStft()
})
