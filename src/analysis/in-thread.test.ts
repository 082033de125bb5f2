import { expect, test } from 'vitest'
import { hifiGanConvention as convention } from '../dsp/mel/hifi-gan-convention.ts'
import { bytesAllocated } from '../dsp/testing/bytes-allocated.ts'
import { analysisContract } from './analysis.contract.ts'
import { createAnalysis } from './in-thread.ts'
import { recording } from './testing/inputs.ts'

analysisContract('analysis in the calling thread', createAnalysis)
test('a comparison with the mel takes no copy of the audio', async () => {
  const analysis = createAnalysis()
  const audio = { ...recording, samples: recording.samples.subarray(0, 22_000) }
  const { mel } = await analysis.analyse({ audio, convention })
  const compared = () => analysis.compare({ audio, against: { mel, convention } })
  expect(await compared()).toMatchObject({ quality: { melErrorNats: 0 } })
  expect(await bytesAllocated(compared)).toBe(0)
  expect(await bytesAllocated(() => analysis.measure({ audio }))).toBeLessThan(5 * audio.samples.byteLength)
})
