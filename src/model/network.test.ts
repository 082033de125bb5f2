import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from '../kernels/testing/backends.ts'
import { describeNetwork } from './testing/network-suite.ts'

describe('on cpu', { timeout: 30_000 }, () => {
  beforeAll(useCpu)
  describeNetwork({ shipped: [] })
})

describe('on wasm', { timeout: 30_000 }, () => {
  beforeAll(() => useWasm())
  describeNetwork({ shipped: ['wavegrad-small', 'infergrad-small'] })
})
