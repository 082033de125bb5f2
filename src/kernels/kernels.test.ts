import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from './testing/backends.ts'
import { describeKernels } from './testing/kernel-suite.ts'

describe('on cpu', () => {
  beforeAll(useCpu)
  describeKernels()
})

describe('on wasm', () => {
  beforeAll(() => useWasm())
  describeKernels()
})
