import { expect, test } from 'vitest'
import { readPlan, writePlan } from '../../../listening/plans/plan-file.ts'
import { openReadyPage } from '../../testing/fake-services.ts'
import {
  abxPair,
  allowedClips,
  choicesOfPage,
  chosenClips,
  chosenConditions,
  conditionChoices,
  type PlanChoices,
  planOfChoices,
} from './plan-choices.ts'

const choices: PlanChoices = { kind: 'abx', seed: 5, abxTrials: 16, repeats: 2 }

async function pageWith(change: { takes?: boolean; voice?: boolean } = {}) {
  const { actions, page } = await openReadyPage()
  if (change.takes) await actions.synthesis.run()
  if (change.voice) await actions.test.listVoiceClips()
  return choicesOfPage(page())
}

function planOf(page: Awaited<ReturnType<typeof pageWith>>, change: Partial<PlanChoices>) {
  const made = planOfChoices(page, { ...choices, ...change })
  return 'plan' in made ? made.plan : undefined
}

test('ABX compares the takes of both models if they exist, otherwise those of the prepared plan', async () => {
  const bare = await pageWith()
  expect(planOf(bare, {})?.title).toBe('InferGrad at 2 steps or WaveGrad at 6')
  expect(planOf(bare, {})?.clips).toEqual([{ kind: 'example', exampleId: 'first' }])
  const page = await pageWith({ takes: true })
  const plan = planOf(page, {})
  expect(plan?.conditions).toMatchObject([
    { kind: 'take', takeId: page.takes[0].id, label: 'WaveGrad (take, 2 steps)' },
    { kind: 'take', takeId: page.takes[1].id, label: 'InferGrad (take, 2 steps)' },
  ])
  expect(plan?.trials).toBe(16)
})

test('ABX compares any two conditions, over any clips of which both can be made', async () => {
  const page = await pageWith({ takes: true })
  const made = planOf(page, {
    firstId: 'infergrad-2',
    secondId: 'griffin-lim',
    clipKeys: ['example:first', 'example:second'],
  })
  expect(made?.title).toBe('InferGrad, 2 steps or Griffin-Lim')
  expect(made?.clips.length).toBe(2)
  const mixed = planOf(page, { firstId: 'infergrad-2', clipKeys: ['example:first'] })
  expect(mixed?.conditions.map(({ kind }) => kind)).toEqual(['model', 'take'])
  expect(mixed?.clips).toEqual([{ kind: 'source' }])
  expect(planOfChoices(page, { ...choices, firstId: 'griffin-lim', secondId: 'griffin-lim' })).toEqual({
    lacks: 'Choose two that differ.',
  })
})

test('an open example is listed once, as the example, unless a take of it is compared', async () => {
  const page = await pageWith({ takes: true })
  const made = { firstId: 'infergrad-2', secondId: 'griffin-lim' }
  const keysFor = (of: typeof page, change: Partial<PlanChoices>) => {
    const all = { ...choices, ...change }
    return allowedClips(of, all.kind, chosenConditions(of, all)).map(({ key }) => key)
  }
  expect(keysFor(page, made)).toEqual(['example:first', 'example:second'])
  expect(keysFor(page, { firstId: 'infergrad-2' })).toEqual(['source'])
  expect(planOf(page, { ...made, clipKeys: ['source'] })?.clips, 'chosen before it was an example').toEqual([
    { kind: 'example', exampleId: 'first' },
  ])
})

test('a file of the user’s own is listed beside the examples, and is what ABX compares', async () => {
  const example = await pageWith()
  const page = { ...example, source: example.source && { ...example.source, exampleId: undefined } }
  const plan = planOf(page, {})
  expect(plan?.clips).toEqual([{ kind: 'source' }])
  expect(allowedClips(page, 'abx', plan?.conditions ?? []).map(({ key }) => key)).toEqual([
    'source',
    'example:first',
    'example:second',
  ])
})

test('conditions made for a test use the corrections of the settings and say so, or else each model’s own', async () => {
  const page = await pageWith()
  const own = conditionChoices(page, 'abx')
  expect(own.map(({ label }) => label)).toEqual([
    'WaveGrad, 2 steps',
    'InferGrad, 2 steps',
    'No network',
    'Griffin-Lim',
    'Recording',
  ])
  expect(own.some((one) => 'corrections' in one)).toBe(false)
  const asked = { ...page, settings: { ...page.settings, corrections: 4 as const } }
  expect(conditionChoices(asked, 'abx').slice(0, 3)).toMatchObject([
    { id: 'wavegrad-2', label: 'WaveGrad, 2 steps, 4 corrections', corrections: 4 },
    { id: 'infergrad-2', corrections: 4 },
    { id: 'no-network', label: 'No network, 4 corrections', kind: 'no-network', corrections: 4 },
  ])
  const plan = planOf(asked, { kind: 'preference' })
  expect(plan?.title, 'it is the prepared one all the same').toBe(
    'WaveGrad at 6 steps or InferGrad at 2, over the examples',
  )
  expect(plan?.conditions.every((one) => one.kind === 'model' && one.corrections === 4)).toBe(true)
})

test('the control can be compared blindly, over any clips', async () => {
  const page = await pageWith({ voice: true })
  const plan = planOf(page, { firstId: 'infergrad-2', secondId: 'no-network', clipKeys: ['example:first'] })
  expect(plan?.conditions[1]).toEqual({
    id: 'no-network',
    label: 'No network',
    kind: 'no-network',
    modelId: 'infergrad-frames',
    seed: 1,
  })
  if (plan) expect(readPlan(writePlan(plan), 'plan.json')).toEqual(plan)
  expect(conditionChoices(page, 'mushra').some(({ id }) => id === 'no-network')).toBe(true)
})

test('a take that has gone is no longer chosen', async () => {
  const page = await pageWith({ takes: true })
  const [first] = abxPair(page, { ...choices, firstId: 'clip-99' })
  expect(first?.id).toBe(page.takes[0].id)
})

test('preference and CMOS use all examples, MUSHRA three clips that have their recording', async () => {
  const page = await pageWith({ voice: true })
  expect(planOf(page, { kind: 'preference' })).toMatchObject({ kind: 'preference', trials: 2 })
  expect(planOf(page, { kind: 'cmos' })?.clips.length).toBe(2)
  expect(planOf(page, { kind: 'mushra' })?.clips).toEqual([
    { kind: 'voice', file: '01.flac' },
    { kind: 'voice', file: '02.flac' },
  ])
  expect(
    chosenClips(page, { ...choices, kind: 'mushra', clipKeys: ['example:first', 'voice:02.flac'] }),
  ).toEqual([expect.objectContaining({ key: 'voice:02.flac' })])
  expect(conditionChoices(page, 'mushra').some(({ kind }) => kind === 'recording')).toBe(false)
})

test('the choices make a plan that can be read back', async () => {
  const page = await pageWith({ voice: true })
  const plans = [
    planOf(page, {}),
    planOf(page, { kind: 'preference', conditionIds: ['infergrad-2', 'wavegrad-2', 'griffin-lim'] }),
    planOf(page, { kind: 'cmos', clipKeys: ['voice:01.flac'], conditionIds: ['recording', 'infergrad-2'] }),
    planOf(page, { kind: 'mushra', conditionIds: ['infergrad-2'] }),
  ]
  for (const plan of plans) {
    expect(plan).toBeDefined()
    if (plan) expect(readPlan(writePlan(plan), 'plan.json')).toEqual(plan)
  }
  expect(planOfChoices(page, { ...choices, kind: 'cmos', conditionIds: ['recording'] })).toEqual({
    lacks: 'Choose at least two to compare.',
  })
  expect(planOfChoices(page, { ...choices, kind: 'preference', clipKeys: [] })).toEqual({
    lacks: 'Choose at least one clip.',
  })
})
