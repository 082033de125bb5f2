import { expect, test, vi } from 'vitest'
import { abortError, ProblemError } from '../../base/problem.ts'
import { openFakePage } from '../testing/fake-services.ts'

const track = { f0Hz: Float32Array.of(200), voicing: Float32Array.of(1) }

test('the pitch of the open mel is predicted once, and again when another mel is opened', async () => {
  const pitch = vi.fn(async () => track)
  const { actions, page } = openFakePage({ engine: { pitch } })
  await actions.source.readPitch('infergrad-frames')
  expect(pitch).not.toHaveBeenCalled() // No source is open yet.
  await actions.synthesis.startEngine()
  await actions.source.loadExamples('first')
  await Promise.all([
    actions.source.readPitch('infergrad-frames'),
    actions.source.readPitch('infergrad-frames'),
  ])
  await actions.source.readPitch('infergrad-frames')
  expect(pitch).toHaveBeenCalledTimes(1)
  expect(page().source.pitch).toEqual({
    melId: page().source.current?.melId,
    modelId: 'infergrad-frames',
    track,
  })
  await actions.source.openExample('second')
  await actions.source.readPitch('infergrad-frames')
  expect(pitch).toHaveBeenCalledTimes(2)
  expect(page().source.pitch?.melId).toBe(page().source.current?.melId)
})

test('opening another mel cancels the prediction and starts one for that mel', async () => {
  const pitch = vi.fn(
    (_: unknown, { signal }: { readonly signal?: AbortSignal } = {}) =>
      new Promise<typeof track>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(abortError()))
        setTimeout(() => resolve(track), 20)
      }),
  )
  const { actions, page } = openFakePage({ engine: { pitch } })
  await actions.synthesis.startEngine()
  await actions.source.loadExamples('first')
  const first = actions.source.readPitch('infergrad-frames')
  await actions.source.openExample('second')
  await Promise.all([first, actions.source.readPitch('infergrad-frames')])
  expect(page().source.pitch?.melId).toBe(page().source.current?.melId)
  expect(page().problems.shown).toEqual([])
})

test('a prediction that fails is reported, and is tried again at the next request', async () => {
  const pitch = vi
    .fn<() => Promise<typeof track>>()
    .mockRejectedValueOnce(new ProblemError({ code: 'engine-failed', message: 'No.' }))
    .mockResolvedValue(track)
  const { actions, page } = openFakePage({ engine: { pitch } })
  await actions.synthesis.startEngine()
  await actions.source.loadExamples('first')
  await actions.source.readPitch('infergrad-frames')
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual(['engine-failed'])
  await actions.source.readPitch('infergrad-frames')
  expect(page().source.pitch?.track).toEqual(track)
})
