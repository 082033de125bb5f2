import { afterEach, expect, test, vi } from 'vitest'
import { pageAddress } from '../page-address.ts'
import { modelsOfSize } from '../synthesis/settings.ts'
import { cardChoice, shownSystems } from '../takes/takes.ts'
import { openReadyPage } from '../testing/fake-services.ts'
import { undoSeconds } from './user-models.ts'

afterEach(() => vi.useRealTimers())

async function openUserModels(change: Parameters<typeof openReadyPage>[0] = {}) {
  const opened = await openReadyPage(change)
  opened.userModels.put('own-1', 'First')
  opened.userModels.put('own-2', 'Second')
  await opened.actions.models.listUserModels()
  return opened
}

test('user models are listed, and no published one is among them', async () => {
  const { page } = await openUserModels()
  expect(page().models.userModels.map(({ name }) => name)).toEqual(['Second', 'First'])
  expect(modelsOfSize(page().models.all, 'frames').map(({ id }) => id)).toEqual([
    'wavegrad-frames',
    'infergrad-frames',
  ])
  expect(shownSystems(cardChoice(page()))).toEqual(['wavegrad', 'infergrad', 'griffin-lim', 'recording'])
})

test('the chosen model makes a take of its own, which disappears with the choice', async () => {
  const { actions, page } = await openUserModels()
  actions.models.choose('own-1')
  expect(shownSystems(cardChoice(page()))[2]).toBe('tuned')
  await actions.synthesis.run()
  expect(page().takes.all[2]).toMatchObject({ system: 'tuned', making: { modelName: 'First' } })
  expect(pageAddress(page())).not.toContain('own-1')
  actions.models.choose(undefined)
  expect(page().takes.all.map(({ system }) => system)).toEqual(['wavegrad', 'infergrad', 'griffin-lim'])
})

test('a model is renamed, and an empty name is refused', async () => {
  const { actions, page } = await openUserModels()
  await actions.models.rename('own-1', 'Aunt')
  expect(page().models.userModels[1].name).toBe('Aunt')
  await actions.models.rename('own-1', ' ')
  expect(page().problems.shown[0].problem.code).toBe('model-name-invalid')
  expect(page().models.userModels[1].name).toBe('Aunt')
})

test('a deleted model can be restored for a limited time', async () => {
  vi.useFakeTimers()
  const { actions, page, userModels } = await openUserModels()
  actions.models.choose('own-1')
  actions.models.delete('own-1')
  expect(page().models.chosenId).toBeUndefined()
  expect(page().models.userModels).toHaveLength(1)
  actions.models.undoDelete()
  await vi.advanceTimersByTimeAsync(0)
  expect(page().models.userModels).toHaveLength(2)
  actions.models.delete('own-1')
  await vi.advanceTimersByTimeAsync(undoSeconds * 1000)
  expect(userModels.models.map(({ id }) => id)).toEqual(['own-2'])
  expect(page().models.deleted).toBeUndefined()
})

test('a second deletion ends the wait of the first', async () => {
  const { actions, page, userModels } = await openUserModels()
  actions.models.delete('own-1')
  actions.models.delete('own-2')
  await vi.waitFor(() => expect(userModels.models.map(({ id }) => id)).toEqual(['own-2']))
  expect(page().models.deleted?.id).toBe('own-2')
  expect(page().models.userModels).toEqual([])
})

test('a model is exported as a zip under its name, or in its two parts; an import is chosen', async () => {
  const { actions, page } = await openUserModels()
  expect((await actions.models.asFile('own-1', 'zip'))?.name).toBe('model.zip')
  expect((await actions.models.asFile('own-1', 'weights'))?.name).toBe('model.safetensors')
  expect((await actions.models.asFile('own-1', 'config'))?.name).toBe('config.json')
  await actions.models.importFiles([new File([new Uint8Array(4)], 'model.zip')])
  expect(page().models.chosenId).toBe('imported')
})
