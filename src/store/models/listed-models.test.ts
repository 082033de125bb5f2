import { expect, test, vi } from 'vitest'
import { abortError, ProblemError } from '../../base/problem.ts'
import { openFakePage } from '../testing/fake-services.ts'

const unreachable = (modelId: string) =>
  new ProblemError({ code: 'model-unavailable', message: 'Not fetched.', file: `models/${modelId}` })

/** A page whose server is down at first. */
async function openWithoutServer() {
  const server = { isUp: false }
  const loadModel = vi.fn(async (modelId: string) => {
    if (!server.isUp) throw unreachable(modelId)
    return opened.page().models.all[0]
  })
  const opened = openFakePage({ engine: { loadModel } })
  await opened.actions.synthesis.startEngine()
  return { ...opened, server, loadModel }
}

test('“Try again” loads the model of its own problem, and the other problem keeps its own', async () => {
  const { actions, page, server, loadModel } = await openWithoutServer()
  expect(page().problems.shown.map(({ problem }) => problem.file)).toEqual([
    'models/infergrad-frames',
    'models/wavegrad-frames',
  ])
  server.isUp = true
  loadModel.mockClear()
  await actions.problems.retry(page().problems.shown[0].id)
  expect(loadModel.mock.calls.map(([modelId]) => modelId)).toEqual(['infergrad-frames'])
  expect(page().models.loadedIds).toEqual(['infergrad-frames'])
  expect(page().problems.shown.map(({ problem }) => problem.file)).toEqual(['models/wavegrad-frames'])
})

test('a problem disappears when its model is loaded in another way', async () => {
  const { actions, page, server } = await openWithoutServer()
  server.isUp = true
  await actions.models.load('wavegrad-frames')
  expect(page().problems.shown.map(({ problem }) => problem.file)).toEqual(['models/infergrad-frames'])
})

test('a download can be cancelled without a problem, and the other one continues', async () => {
  const asked: string[] = []
  const { actions, page } = openFakePage({
    engine: {
      loadModel: (modelId, { signal } = {}) => {
        asked.push(modelId)
        return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(abortError())))
      },
    },
  })
  const starting = actions.synthesis.startEngine()
  await vi.waitFor(() => expect(page().models.loads).toHaveProperty('wavegrad-frames'))
  expect(asked).toEqual(['infergrad-frames', 'wavegrad-frames'])
  const again = actions.models.tryLoad('infergrad-frames')
  actions.models.cancelLoad('infergrad-frames')
  await vi.waitFor(() => expect(Object.keys(page().models.loads)).toEqual(['wavegrad-frames']))
  actions.models.cancelLoad('wavegrad-frames')
  await Promise.all([starting, again])
  expect(page().problems.shown).toEqual([])
  expect(page().models.loads).toEqual({})
})
