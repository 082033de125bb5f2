import { expect, test, vi } from 'vitest'
import type { Analysis, OpenedFile } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { fakeMelFile } from '../testing/fake-analysis.ts'
import { openReadyPage } from '../testing/fake-services.ts'

const melFile = new File(['x'], 'mel.npy')

/** A mel that can be read in two ways: the first is quieter. */
function ambiguousMel(): OpenedFile {
  const { report } = fakeMelFile
  const candidates = [1, 2].map((level) => ({
    name: `reading ${level}`,
    confidence: 0.4,
    reading: report.reading,
    mel: { frames: 20_000, bands: 2, values: new Float32Array(40_000).fill(level).fill(9, 30_000, 31_000) },
  }))
  return { kind: 'mel', report: { ...report, question: 'Which?', candidates } }
}

test('a reading is listened to by the loudest seconds of its mel, without a model, and nothing is chosen', async () => {
  const griffinLim = vi.fn<Analysis['griffinLim']>(async () => ({
    samples: new Float32Array(8),
    sampleRateHz: 8000,
  }))
  const { actions, page, readingPlayer } = await openReadyPage({
    analysis: { open: async () => ambiguousMel(), griffinLim },
  })
  await actions.source.openFile(melFile)
  const setTakes = vi.spyOn(readingPlayer, 'setTakes')
  const play = vi.spyOn(readingPlayer, 'play')
  await actions.source.listenToReading(1)
  const { mel } = griffinLim.mock.calls[0][0]
  // Four seconds at 8,000 Hz with a hop of 4.
  expect([mel.frames, mel.values.length]).toEqual([8000, 16_000])
  expect([Math.min(...mel.values), Math.max(...mel.values)]).toEqual([2, 9])
  expect(setTakes.mock.calls[0][0]).toMatchObject([{ id: 'reading', sampleRateHz: 8000 }])
  expect(play).toHaveBeenCalledTimes(1)
  expect(page().source.melFile?.report.question).toBe('Which?')
  await actions.source.listenToReading(7)
  expect(griffinLim).toHaveBeenCalledTimes(1)
})

test('a reading that cannot be listened to says why', async () => {
  const { actions, page } = await openReadyPage({
    analysis: {
      open: async () => ambiguousMel(),
      griffinLim: async () => {
        throw new ProblemError({ code: 'analysis-lost', message: 'It stopped.' })
      },
    },
  })
  await actions.source.openFile(melFile)
  await actions.source.listenToReading(0)
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'analysis-lost' } }])
})
