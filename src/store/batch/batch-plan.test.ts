import { expect, test } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'

test('without a system a batch does not start, and says why', async () => {
  const { actions, page } = await openReadyPage()
  for (const system of page().batch.systems) actions.batch.chooseSystem(system, false)
  await actions.batch.start()
  expect(page().problems.shown).toMatchObject([{ problem: { code: 'batch-no-system' } }])
  expect(page().batch.status).toBe('idle')
})
