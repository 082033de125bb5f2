import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from '../kernels/testing/backends.ts'
import { describeNetwork } from './testing/network-suite.ts'
import { describeSpectra } from './testing/spectra-suite.ts'

describe('on cpu', { timeout: 30_000 }, () => {
  beforeAll(useCpu)
  describeNetwork({ shipped: [] })
  describeSpectra()
})

describe('on wasm', { timeout: 30_000 }, () => {
  beforeAll(() => useWasm())
  describeNetwork({ shipped: ['wavegrad-small', 'infergrad-small'] })
  describeSpectra()
})
