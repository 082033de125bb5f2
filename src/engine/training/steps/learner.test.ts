import { beforeAll, describe } from 'vitest'
import { useCpu, useWasm } from '../../../kernels/testing/backends.ts'
import { describeGiven, describeLearner } from '../testing/learner-suite.ts'

describeGiven()

describe('on cpu', { timeout: 120_000 }, () => {
  beforeAll(useCpu)
  describeLearner()
})

describe('on wasm', () => {
  beforeAll(() => useWasm())
  describeLearner()
})
