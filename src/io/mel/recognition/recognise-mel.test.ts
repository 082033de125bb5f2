import { expect, test } from 'vitest'
import { bands, frames, openArray, textFile, values } from '../../testing/opened-mel.ts'

test('asks about a key that looks like a setting, and about a number of bands that no producer has', async () => {
  const producerFiles = [textFile('c.yaml', 'sampling_rate: 22050\nhop_in_frames: 12\nnum_mels: 80')]
  const asked = await openArray(values, [frames, bands], { producerFiles })
  expect(asked.mel).toBeUndefined()
  expect(asked.report.question).toContain('“hop_in_frames: 12”')
  const { reading } = asked.report
  expect((await openArray(values, [frames, bands], { producerFiles, override: reading })).mel?.frames).toBe(
    frames,
  )

  const unusual = await openArray(values.slice(0, 107 * 64), [107, 64])
  expect(unusual.mel).toBeUndefined()
  expect(unusual.report).toMatchObject({
    question: expect.stringContaining('64 bands'),
    reading: { bandAxis: 1, convention: { bands: 64 } },
  })
  const answered = await openArray(values.slice(0, 107 * 64), [107, 64], { override: unusual.report.reading })
  expect(answered.report.conversion).toBe('approximate')
})
