import { expect, test } from 'vitest'
import { readPlanHash } from '../../../listening/plans/plan-link.ts'
import type { Condition, TestPlan } from '../../../listening/plans/test-plan.ts'
import { planOf } from '../../../listening/testing/sessions.ts'
import { openReadyPage } from '../../testing/fake-services.ts'
import { planObstacle } from './plan-models.ts'

type Page = Awaited<ReturnType<typeof openReadyPage>>

/** A plan of the current takes, on the open clip. */
function planOfTakes({ page }: Page): TestPlan {
  const conditions = page().takes.all.map(
    ({ id, system }): Condition => ({ id: system, label: system, kind: 'take', takeId: id }),
  )
  return { ...planOf('preference'), clips: [{ kind: 'source' }], conditions }
}

const codes = ({ page }: Page) => page().problems.shown.map(({ problem }) => problem.code)

test('a link names how takes were made, and the example that is open', async () => {
  const page = await openReadyPage({ exampleId: 'second' })
  page.actions.synthesis.changeSettings({ seed: 5, corrections: 4, control: true })
  await page.actions.synthesis.run()
  const hash = await page.actions.test.planAsHash(planOfTakes(page))
  const { clips, conditions } = await readPlanHash(hash ?? '')
  expect(clips).toEqual([{ kind: 'example', exampleId: 'second' }])
  const made = { seed: 5, corrections: 4 }
  expect(conditions).toEqual([
    {
      id: 'wavegrad',
      label: 'WaveGrad',
      kind: 'model',
      modelId: 'wavegrad-frames',
      schedule: [0.01, 0.5],
      ...made,
    },
    {
      id: 'infergrad',
      label: 'InferGrad',
      kind: 'model',
      modelId: 'infergrad-frames',
      schedule: [0.1, 0.9],
      ...made,
    },
    { id: 'no-network', label: 'No network', kind: 'no-network', modelId: 'infergrad-frames', ...made },
    { id: 'griffin-lim', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 5 },
    { id: 'recording', label: 'Recording', kind: 'recording' },
  ])
})

test('a link made here opens on another page, which can run it', async () => {
  const page = await openReadyPage()
  await page.actions.synthesis.run()
  const hash = await page.actions.test.planAsHash(planOfTakes(page))
  const other = await openReadyPage({ exampleId: 'second' })
  await other.actions.test.openPlanLink('#listening-test')
  expect(other.page().test.openedPlan).toBeUndefined()
  await other.actions.test.openPlanLink(hash ?? '')
  const { openedPlan } = other.page().test
  expect(openedPlan?.plan.clips).toEqual([{ kind: 'example', exampleId: 'first' }])
  if (openedPlan) await other.actions.test.start(openedPlan.plan)
  expect(other.page().test.current).toMatchObject({ phase: 'running' })
})

test('a damaged link, the user’s own file and the user’s own clip are refused with a remedy', async () => {
  const page = await openReadyPage()
  await page.actions.test.openPlanLink('#/test?plan=AAAA')
  await page.actions.takes.addFiles([new File(['x'], 'mine.wav')])
  await page.actions.test.planAsHash(planOfTakes(page))
  await page.actions.source.openFile(new File(['x'], 'mine.npy'))
  const recorded: Condition = { id: 'gl', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 1 }
  await page.actions.test.planAsHash({
    ...planOf('preference'),
    clips: [{ kind: 'source' }],
    conditions: [recorded, { ...recorded, id: 'gl2', seed: 2 }],
  })
  expect(codes(page)).toEqual(['plan-link-damaged', 'plan-has-takes', 'plan-clip-own'])
  for (const { problem } of page.page().problems.shown) expect(problem.remedy).toBeTruthy()
})

test('a plan tells at once which model or example this page lacks', async () => {
  const { page } = await openReadyPage()
  const { models, source } = page()
  const plan = { ...planOf('abx'), clips: [{ kind: 'example', exampleId: 'first' }] as const }
  expect(planObstacle(plan, models.all, source.examples)).toMatchObject({
    code: 'plan-model-missing',
    found: 'wavegrad-small',
  })
  const griffinLim: Condition = { id: 'gl', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 1 }
  const simple = { ...plan, conditions: [griffinLim, { ...griffinLim, id: 'other', seed: 2 }] }
  expect(planObstacle(simple, models.all, source.examples)).toBeUndefined()
  const elsewhere = { ...simple, clips: [{ kind: 'example', exampleId: 'gone' }] as const }
  expect(planObstacle(elsewhere, models.all, source.examples)).toMatchObject({ code: 'plan-clip-missing' })
  expect(planObstacle(elsewhere, [], []), 'nothing is listed yet').toBeUndefined()
})
