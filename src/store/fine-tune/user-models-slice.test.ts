import { afterEach, expect, test, vi } from 'vitest'
import { modelsOfSize } from '../synthesis/settings.ts'
import { shownSystems } from '../takes/takes.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { undoSeconds } from './user-models-slice.ts'

afterEach(() => vi.useRealTimers())

async function openShelf(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  opened.shelf.put('own-1', 'First')
  opened.shelf.put('own-2', 'Second')
  await opened.page().loadOwnModels()
  return opened
}

test('own models are listed, and no published one is taken for them', async () => {
  const { page } = await openShelf()
  expect(page().ownModels.map(({ name }) => name)).toEqual(['Second', 'First'])
  expect(modelsOfSize(page().models, 'frames').map(({ id }) => id)).toEqual([
    'wavegrad-frames',
    'infergrad-frames',
  ])
  expect(shownSystems(page())).toEqual(['wavegrad', 'infergrad', 'griffin-lim', 'recording'])
})

test('the chosen one makes a take of its own, which goes with the choice', async () => {
  const { page } = await openShelf()
  page().chooseTunedModel('own-1')
  expect(shownSystems(page())[2]).toBe('tuned')
  await page().synthesize()
  expect(page().takes[2]).toMatchObject({ system: 'tuned', making: { modelName: 'First' } })
  expect(page().shareAddress()).not.toContain('own-1')
  page().chooseTunedModel(undefined)
  expect(page().takes.map(({ system }) => system)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
})

test('a name is changed, and an empty one refused', async () => {
  const { page } = await openShelf()
  await page().renameOwnModel('own-1', 'Aunt')
  expect(page().ownModels[1].name).toBe('Aunt')
  await page().renameOwnModel('own-1', ' ')
  expect(page().problems[0].problem.code).toBe('model-name-invalid')
  expect(page().ownModels[1].name).toBe('Aunt')
})

test('a deleted model can be had back until its time is over', async () => {
  vi.useFakeTimers()
  const { page, shelf } = await openShelf()
  page().chooseTunedModel('own-1')
  page().deleteOwnModel('own-1')
  expect(page().tunedModelId).toBeUndefined()
  expect(page().ownModels).toHaveLength(1)
  page().undoDelete()
  await vi.advanceTimersByTimeAsync(0)
  expect(page().ownModels).toHaveLength(2)
  page().deleteOwnModel('own-1')
  await vi.advanceTimersByTimeAsync(undoSeconds * 1000)
  expect(shelf.models.map(({ id }) => id)).toEqual(['own-2'])
  expect(page().deletedModel).toBeUndefined()
})

test('a second deletion ends the wait of the first', async () => {
  const { page, shelf } = await openShelf()
  page().deleteOwnModel('own-1')
  page().deleteOwnModel('own-2')
  await vi.waitFor(() => expect(shelf.models.map(({ id }) => id)).toEqual(['own-2']))
  expect(page().deletedModel?.id).toBe('own-2')
  expect(page().ownModels).toEqual([])
})

test('a model is exported as a zip under its name, or in its two parts; an import is chosen', async () => {
  const { page } = await openShelf()
  expect((await page().ownModelAsFile('own-1', 'zip'))?.name).toBe('model.zip')
  expect((await page().ownModelAsFile('own-1', 'weights'))?.name).toBe('model.safetensors')
  expect((await page().ownModelAsFile('own-1', 'config'))?.name).toBe('config.json')
  await page().importModel([new File([new Uint8Array(4)], 'model.zip')])
  expect(page().tunedModelId).toBe('imported')
})
