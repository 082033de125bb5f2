import { expect, test, vi } from 'vitest'
import { ProblemError } from '../../base/problem.ts'
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

test('takes are compared one after the other, so that only one copy of samples is on its way', async () => {
  let [running, most, compared] = [0, 0, 0]
  const page = await openReadyPage({
    analysis: {
      async compare() {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setTimeout(resolve, 5))
        running--
        if (compared++ === 0) throw new ProblemError({ code: 'analysis-lost', message: 'Lost.' })
        return { quality: { against: 'mel', melErrorNats: 0.7 } }
      },
    },
  })
  await page.actions.synthesis.run()
  await vi.waitFor(() => expect(compared).toBe(3))
  expect(most).toBe(1)
  // A comparison that fails does not hold the others.
  await vi.waitFor(() => expect(page.page().takes.all.filter(({ quality }) => quality)).toHaveLength(2))
})
