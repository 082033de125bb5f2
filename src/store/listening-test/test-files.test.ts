import { expect, test } from 'vitest'
import { planOf, sessionOf } from '../../listening/testing/sessions.ts'
import { openFakePage } from '../testing/fake-services.ts'

const session = sessionOf(planOf('preference'), () => ({ choice: 1 }))
const textOf = (file: { bytes: Uint8Array<ArrayBuffer> | Blob } | undefined) =>
  new Blob(file ? [file.bytes] : []).text()
const json = (text: string, name = 'result.json') => new File([text], name)

test('a result that was exported opens again', async () => {
  const { page } = openFakePage()
  const file = await page().resultAsJson(session)
  expect(file?.name).toBe('preference-a-test-by-preference-2026-01-02-0304.json')
  await page().openResults([json(await textOf(file))])
  expect(page().openedResults).toEqual([
    { id: 1, fileNames: ['result.json'], sessions: [session], notes: [] },
  ])
  page().closeResult(1)
  expect(page().openedResults).toEqual([])
  expect((await textOf(await page().resultAsCsv(session))).split('\n').length).toBeGreaterThan(
    session.answers.length,
  )
})

test('results of one plan by several listeners stand together, others apart', async () => {
  const { page } = openFakePage()
  const text = async (one: typeof session) => textOf(await page().resultAsJson(one))
  const second = { ...session, startedAt: '2026-01-02T03:05:00.000Z' }
  const other = sessionOf(planOf('cmos'), () => ({ comparison: 1 }))
  await page().openResults([
    json(await text(session), 'one.json'),
    json(await text(second), 'two.json'),
    json(await text(other), 'other.json'),
    json(await text(session), 'copy.json'),
  ])
  expect(page().openedResults.map(({ fileNames }) => fileNames)).toEqual([
    ['one.json', 'two.json'],
    ['other.json'],
    ['copy.json'],
  ])
})

test('a result that was edited opens with a note; what is none, or of another version, is refused', async () => {
  const { page } = openFakePage()
  const text = await textOf(await page().resultAsJson(session))
  await page().openResults([
    json('seconds, answer', 'table.csv'),
    json(text.replace('"version": 1', '"version": 2'), 'newer.json'),
    json(text.replace('"choice": 1', '"choice": 0'), 'edited.json'),
  ])
  expect(page().openedResults).toEqual([
    expect.objectContaining({ fileNames: ['edited.json'], notes: [expect.stringContaining('was changed')] }),
  ])
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['result-not-one', 'result-version'])
})

test('what is dropped is told by its content', async () => {
  const { page } = openFakePage()
  const plan = planOf('cmos')
  await page().openTestFiles([
    json(await textOf(await page().planAsFile(plan)), 'plan.json'),
    json(await textOf(await page().resultAsJson(session)), 'result.json'),
  ])
  expect(page().openedPlan?.plan).toEqual(plan)
  expect(page().openedResults.length).toBe(1)
})

test('a plan is saved, opened and put away; one with takes is not saved', async () => {
  const { page } = openFakePage()
  const plan = planOf('mushra', { trials: 1 })
  await page().openPlan(json(await textOf(await page().planAsFile(plan)), 'plan.json'))
  expect(page().openedPlan).toEqual({ fileName: 'plan.json', plan })
  page().putPlanAway()
  expect(page().openedPlan).toBeUndefined()
  await page().openPlan(json('{}', 'empty.json'))
  const take = { id: 't', label: 'Take', kind: 'take', takeId: 'clip-1' } as const
  await page().planAsFile({ ...plan, clips: [{ kind: 'source' }], conditions: [take] })
  expect(page().problems.map(({ problem }) => problem.code)).toEqual(['plan-invalid', 'plan-has-takes'])
})
