import { afterEach, expect, test, vi } from 'vitest'
import { modelsOfSize } from '../synthesis/settings.ts'
import { shownSystems } from '../takes/takes.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { undoSeconds } from './user-models-slice.ts'

afterEach(() => vi.useRealTimers())

async function openUserModels(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  opened.userModels.put('own-1', 'First')
  opened.userModels.put('own-2', 'Second')
  await opened.page().loadUserModels()
  return opened
}

test('own models are listed, and no published one is taken for them', async () => {
  const { page } = await openUserModels()
  expect(page().userModels.map(({ name }) => name)).toEqual(['Second', 'First'])
  expect(modelsOfSize(page().models, 'frames').map(({ id }) => id)).toEqual([
    'wavegrad-frames',
    'infergrad-frames',
  ])
  expect(shownSystems(page())).toEqual(['wavegrad', 'infergrad', 'griffin-lim', 'recording'])
})

test('the chosen one makes a take of its own, which goes with the choice', async () => {
  const { page } = await openUserModels()
  page().chooseUserModel('own-1')
  expect(shownSystems(page())[2]).toBe('tuned')
  await page().synthesize()
  expect(page().takes[2]).toMatchObject({ system: 'tuned', making: { modelName: 'First' } })
  expect(page().shareAddress()).not.toContain('own-1')
  page().chooseUserModel(undefined)
  expect(page().takes.map(({ system }) => system)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
})

test('a name is changed, and an empty one refused', async () => {
  const { page } = await openUserModels()
  await page().renameUserModel('own-1', 'Aunt')
  expect(page().userModels[1].name).toBe('Aunt')
  await page().renameUserModel('own-1', ' ')
  expect(page().problems[0].problem.code).toBe('model-name-invalid')
  expect(page().userModels[1].name).toBe('Aunt')
})

test('a deleted model can be had back until its time is over', async () => {
  vi.useFakeTimers()
  const { page, userModels } = await openUserModels()
  page().chooseUserModel('own-1')
  page().deleteUserModel('own-1')
  expect(page().userModelId).toBeUndefined()
  expect(page().userModels).toHaveLength(1)
  page().undoDelete()
  await vi.advanceTimersByTimeAsync(0)
  expect(page().userModels).toHaveLength(2)
  page().deleteUserModel('own-1')
  await vi.advanceTimersByTimeAsync(undoSeconds * 1000)
  expect(userModels.models.map(({ id }) => id)).toEqual(['own-2'])
  expect(page().deletedModel).toBeUndefined()
})

test('a second deletion ends the wait of the first', async () => {
  const { page, userModels } = await openUserModels()
  page().deleteUserModel('own-1')
  page().deleteUserModel('own-2')
  await vi.waitFor(() => expect(userModels.models.map(({ id }) => id)).toEqual(['own-2']))
  expect(page().deletedModel?.id).toBe('own-2')
  expect(page().userModels).toEqual([])
})

test('a model is exported as a zip under its name, or in its two parts; an import is chosen', async () => {
  const { page } = await openUserModels()
  expect((await page().userModelAsFile('own-1', 'zip'))?.name).toBe('model.zip')
  expect((await page().userModelAsFile('own-1', 'weights'))?.name).toBe('model.safetensors')
  expect((await page().userModelAsFile('own-1', 'config'))?.name).toBe('config.json')
  await page().importModel([new File([new Uint8Array(4)], 'model.zip')])
  expect(page().userModelId).toBe('imported')
})
