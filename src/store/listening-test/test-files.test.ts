import { expect, test } from 'vitest'
import { planOf, sessionOf } from '../../listening/testing/sessions.ts'
import { openFakePage } from '../testing/fake-services.ts'

const session = sessionOf(planOf('preference'), () => ({ choice: 1 }))
const textOf = (file: { bytes: Uint8Array<ArrayBuffer> | Blob } | undefined) =>
  new Blob(file ? [file.bytes] : []).text()
const json = (text: string, name = 'result.json') => new File([text], name)

test('a result that was exported opens again', async () => {
  const { actions, page } = openFakePage()
  const file = await actions.test.resultAsJson(session)
  expect(file?.name).toBe('preference-a-test-by-preference-2026-01-02-0304.json')
  await actions.test.openResults([json(await textOf(file))])
  expect(page().test.openedResults).toEqual([
    { id: 1, fileNames: ['result.json'], sessions: [session], notes: [] },
  ])
  actions.test.closeResult(1)
  expect(page().test.openedResults).toEqual([])
  expect((await textOf(await actions.test.resultAsCsv(session))).split('\n').length).toBeGreaterThan(
    session.answers.length,
  )
})

test('results of one plan by several listeners are pooled, others stay apart', async () => {
  const { actions, page } = openFakePage()
  const text = async (one: typeof session) => textOf(await actions.test.resultAsJson(one))
  const second = { ...session, startedAt: '2026-01-02T03:05:00.000Z' }
  const other = sessionOf(planOf('cmos'), () => ({ comparison: 1 }))
  await actions.test.openResults([
    json(await text(session), 'one.json'),
    json(await text(second), 'two.json'),
    json(await text(other), 'other.json'),
    json(await text(session), 'copy.json'),
  ])
  expect(page().test.openedResults.map(({ fileNames }) => fileNames)).toEqual([
    ['one.json', 'two.json'],
    ['other.json'],
    ['copy.json'],
  ])
})

test('an edited result opens with a note; other files, and results of another version, are refused', async () => {
  const { actions, page } = openFakePage()
  const text = await textOf(await actions.test.resultAsJson(session))
  await actions.test.openResults([
    json('seconds, answer', 'table.csv'),
    json(text.replace('"version": 1', '"version": 2'), 'newer.json'),
    json(text.replace('"choice": 1', '"choice": 0'), 'edited.json'),
  ])
  expect(page().test.openedResults).toEqual([
    expect.objectContaining({ fileNames: ['edited.json'], notes: [expect.stringContaining('was changed')] }),
  ])
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual([
    'result-not-one',
    'result-version',
  ])
})

test('dropped files are distinguished by their content', async () => {
  const { actions, page } = openFakePage()
  const plan = planOf('cmos')
  await actions.test.openFiles([
    json(await textOf(await actions.test.planAsFile(plan)), 'plan.json'),
    json(await textOf(await actions.test.resultAsJson(session)), 'result.json'),
  ])
  expect(page().test.openedPlan?.plan).toEqual(plan)
  expect(page().test.openedResults.length).toBe(1)
})

test('a plan is saved, opened and closed; one with takes is not saved', async () => {
  const { actions, page } = openFakePage()
  const plan = planOf('mushra', { trials: 1 })
  await actions.test.openPlan(json(await textOf(await actions.test.planAsFile(plan)), 'plan.json'))
  expect(page().test.openedPlan).toEqual({ fileName: 'plan.json', plan })
  actions.test.closePlan()
  expect(page().test.openedPlan).toBeUndefined()
  await actions.test.openPlan(json('{}', 'empty.json'))
  const take = { id: 't', label: 'Take', kind: 'take', takeId: 'clip-1' } as const
  await actions.test.planAsFile({ ...plan, clips: [{ kind: 'source' }], conditions: [take] })
  expect(page().problems.shown.map(({ problem }) => problem.code)).toEqual(['plan-invalid', 'plan-has-takes'])
})
