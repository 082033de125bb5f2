import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from '../../kernels/testing/backends.ts'
import { describeLearner } from './testing/learner-suite.ts'

describe('on cpu', () => {
  beforeAll(useCpu)
  describeLearner()
})

describe('on wasm', () => {
  beforeAll(() => useWasm())
  describeLearner()
})
