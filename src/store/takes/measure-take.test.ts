import { expect, test, vi } from 'vitest'
import { openReadyPage } from '../testing/fake-services.ts'

const qualityOf = (page: Awaited<ReturnType<typeof openReadyPage>>) =>
  vi.waitFor(() => {
    const { quality } = page.page().takes.all.find(({ system }) => system === 'infergrad') ?? {}
    if (!quality) throw new Error('not measured yet')
    return quality
  })

test('a take of an example is measured against the published magnitudes of its recording, if there are any', async () => {
  const page = await openReadyPage()
  await page.actions.synthesis.run()
  expect(await qualityOf(page)).toEqual({ against: 'mel', melErrorNats: 0.7 })

  const { examples } = page.page().source
  page.change('source', { examples: examples.map((one) => ({ ...one, reference: 'first-reference.npz' })) })
  await page.actions.source.openExample('first')
  await page.actions.synthesis.run()
  expect(await qualityOf(page)).toEqual({ against: 'mel', melErrorNats: 0.7, lsdDb: 8 })
})
