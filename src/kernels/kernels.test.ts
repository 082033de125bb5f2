import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from './testing/backends.ts'
import { describeKernels } from './testing/kernel-suite.ts'

describe('on cpu', { timeout: 30_000 }, () => {
  beforeAll(useCpu)
  describeKernels()
})

describe('on wasm', { timeout: 30_000 }, () => {
  beforeAll(() => useWasm())
  describeKernels()
})
