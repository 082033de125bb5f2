import { expect, test, vi } from 'vitest'
import { abortError, ProblemError } from '../../base/problem.ts'
import { openFakePage } from '../testing/fake-services.ts'

const track = { f0Hz: Float32Array.of(200), voicing: Float32Array.of(1) }

test('the pitch of the open mel is read once, and anew when another one is opened', async () => {
  const pitch = vi.fn(async () => track)
  const { page } = openFakePage({ engine: { pitch } })
  await page().readPitch('infergrad-frames')
  expect(pitch).not.toHaveBeenCalled() // nothing is open
  await page().startEngine()
  await page().loadExamples('first')
  await Promise.all([page().readPitch('infergrad-frames'), page().readPitch('infergrad-frames')])
  await page().readPitch('infergrad-frames')
  expect(pitch).toHaveBeenCalledTimes(1)
  expect(page().pitch).toEqual({ melId: page().source?.melId, modelId: 'infergrad-frames', track })
  await page().openExample('second')
  await page().readPitch('infergrad-frames')
  expect(pitch).toHaveBeenCalledTimes(2)
  expect(page().pitch?.melId).toBe(page().source?.melId)
})

test('a mel that takes its place ends the reading, and is read itself', async () => {
  const pitch = vi.fn(
    (_: unknown, { signal }: { readonly signal?: AbortSignal } = {}) =>
      new Promise<typeof track>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(abortError()))
        setTimeout(() => resolve(track), 20)
      }),
  )
  const { page } = openFakePage({ engine: { pitch } })
  await page().startEngine()
  await page().loadExamples('first')
  const first = page().readPitch('infergrad-frames')
  await page().openExample('second')
  await Promise.all([first, page().readPitch('infergrad-frames')])
  expect(page().pitch?.melId).toBe(page().source?.melId)
  expect(page().problems).toEqual([])
})

test('a reading that fails is reported, and tried again when it is asked for again', async () => {
  const pitch = vi
    .fn<() => Promise<typeof track>>()
    .mockRejectedValueOnce(new ProblemError({ code: 'engine-failed', message: 'No.' }))
    .mockResolvedValue(track)
  const { page } = openFakePage({ engine: { pitch } })
  await page().startEngine()
  await page().loadExamples('first')
  await page().readPitch('infergrad-frames')
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['engine-failed'])
  await page().readPitch('infergrad-frames')
  expect(page().pitch?.track).toEqual(track)
})
