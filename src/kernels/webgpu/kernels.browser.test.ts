import { beforeAll, describe } from 'vitest'
import { describeCopies } from '../testing/copy-suite.ts'
import { describeFrameKernels } from '../testing/frame-kernel-suite.ts'
import { describeFusions } from '../testing/fused-suite.ts'
import { describeKernels } from '../testing/kernel-suite.ts'
import { describeProducts } from '../testing/product-suite.ts'
import { describeStft } from '../testing/stft-suite.ts'
import { hasWebGpu, useWebGpu } from '../testing/webgpu-backend.ts'

describe.skipIf(!(await hasWebGpu()))('on webgpu', () => {
  beforeAll(useWebGpu)
  describeKernels()
  describeCopies()
  describeFrameKernels()
  describeProducts()
  describeStft()
  describeFusions()
})
