import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problemOf } from '../../io/testing/problem-of.ts'
import { abxPower } from '../statistics/abx-power.ts'
import { planOf } from '../testing/sessions.ts'
import { withAnchors } from './anchors.ts'
import { readPlan, writePlan } from './plan-file.ts'
import { planText, powerText } from './plan-texts.ts'
import {
  abxOfFewSteps,
  abxOfTakes,
  cmosOverExamples,
  controlCondition,
  mushraOverVoice,
  preferenceOverExamples,
} from './prepared-plans.ts'
import type { TestPlan } from './test-plan.ts'

const models = {
  wavegrad: { id: 'wavegrad-small', label: 'WaveGrad' },
  infergrad: { id: 'infergrad-small', label: 'InferGrad' },
}
const examples = ['lj-printing', 'kathleen']

const refusal = (text: string) => problemOf(() => readPlan(text, 'plan.json'))
const altered = (change: object, plan: TestPlan = planOf('cmos')) => JSON.stringify({ ...plan, ...change })

describe('plan files', () => {
  it.each([
    abxOfFewSteps(models, 1),
    preferenceOverExamples(models, examples, 2),
    cmosOverExamples(models, examples, 3),
    mushraOverVoice(models, ['01.flac', '02.flac', '03.flac', '04.flac'], 4),
    withAnchors(mushraOverVoice(models, ['01.flac'], 4)),
    { ...abxOfFewSteps({ ...models, corrections: 4 }, 5), title: 'ABX with corrections' },
    {
      ...abxOfFewSteps(models, 6),
      title: 'ABX with the control',
      conditions: [controlCondition('infergrad-small', 0), controlCondition('wavegrad-small', undefined)].map(
        (one, index) => ({ ...one, id: `control-${index}` }),
      ),
    },
  ])('keep the prepared plan: $title', (plan) => {
    expect(readPlan(writePlan(plan), 'plan.json')).toEqual(plan)
  })

  it('written before corrections could be chosen leave them to each model', () => {
    const plan = abxOfFewSteps(models, 1)
    expect(JSON.stringify(plan)).not.toContain('corrections')
    const [first] = readPlan(JSON.stringify(plan), 'plan.json').conditions
    expect(first.kind === 'model' && first.corrections).toBeUndefined()
  })

  it('state their corrections in a label', () => {
    const labels = ({ conditions }: TestPlan) => conditions.map(({ label }) => label)
    expect(labels(abxOfFewSteps({ ...models, corrections: 0 }, 1))).toEqual([
      'InferGrad, 2 steps, no corrections',
      'WaveGrad, 6 steps, no corrections',
    ])
    expect(controlCondition('infergrad-small', 16).label).toBe('No network, 16 corrections')
  })

  it('hold no takes, which exist only on one page', () => {
    const plan = abxOfTakes({ id: 'take-1', label: 'One' }, { id: 'take-2', label: 'Other' }, 5)
    expect(problemOf(() => writePlan(plan))).toMatchObject({ code: 'plan-has-takes' })
    expect(refusal(JSON.stringify(plan))).toMatchObject({
      code: 'plan-invalid',
      found: expect.stringContaining('take'),
    })
  })

  it.each([
    ['', 'an empty file'],
    ['{', 'text that is not JSON'],
    ['[]', 'JSON of another kind'],
    ['{"format": "listening-result"}', 'JSON of another kind'],
    [altered({ clips: [] }), 'clips'],
    [altered({ seed: 2 ** 32 }), 'seed'],
    [altered({ seed: 1.5 }), 'seed'],
    [altered({ trials: 21 }), '21 times'],
    [altered({ trials: 0 }), 'trials'],
    [altered({ kind: 'duel' }), 'kind'],
    [altered({ title: 'x'.repeat(401) }), 'title'],
    [altered({ conditions: planOf('cmos').conditions.slice(0, 1) }), 'at least two'],
    [altered({ kind: 'abx' }), 'two conditions, not 3'],
    [
      altered({ conditions: [{ ...planOf('cmos').conditions[0], corrections: 8 }] }),
      'conditions.0.corrections',
    ],
    [altered({ conditions: [{ id: 'n', label: 'N', kind: 'no-network', seed: 1 }] }), 'modelId'],
    [altered({ kind: 'mushra' }), 'one page per clip'],
    [altered({ clips: [{ kind: 'source' }, { kind: 'source' }] }), 'named twice'],
    [altered({ clips: [{ kind: 'voice', file: '../../secret' }] }), 'clips.0.file'],
    [altered({ conditions: [planOf('cmos').conditions[0], planOf('cmos').conditions[0]] }), 'same id'],
    [
      altered({ kind: 'mushra', trials: 1, conditions: [{ id: 'r', label: 'R', kind: 'recording' }] }),
      'hidden reference',
    ],
    [
      altered({
        kind: 'mushra',
        trials: 1,
        conditions: [{ id: 'anchor-3500', label: 'Low', kind: 'low-pass', cutoffHz: 100 }],
      }),
      'is reserved',
    ],
    [
      altered({
        kind: 'mushra',
        trials: 1,
        conditions: withAnchors({ ...planOf('mushra'), conditions: [] }).conditions,
      }),
      'nothing to rate',
    ],
  ])('are refused: %s', (text, found) => {
    expect(refusal(text)).toMatchObject({
      code: 'plan-invalid',
      found: expect.stringContaining(found),
      file: 'plan.json',
    })
  })

  it('of another version are refused with a code of their own', () => {
    expect(refusal(altered({ version: 2 }))).toMatchObject({ code: 'plan-version', found: 'version 2' })
    const notNumbers = [{ toString: 1, valueOf: 1 }, ['a'], null]
    for (const version of notNumbers)
      expect(refusal(altered({ version }))).toMatchObject({ code: 'plan-version', found: 'version unknown' })
  })

  it('with any other content are refused', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(refusal(text).code).toBe('plan-invalid')
      }),
    )
    expect(refusal('['.repeat(100_000) + ']'.repeat(100_000)).code).toBe('plan-invalid')
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(refusal(`{"format": "listening-plan", "version": ${deep}}`).code).toBe('plan-version')
  })
})

describe('withAnchors', () => {
  it('adds the missing conditions, once', () => {
    const plan = withAnchors(planOf('mushra'))
    expect(plan.conditions.map(({ id }) => id)).toEqual([
      'w6',
      'i2',
      'gl',
      'reference',
      'anchor-7000',
      'anchor-3500',
    ])
    expect(withAnchors(plan)).toBe(plan)
    const abx = planOf('abx')
    expect(withAnchors(abx)).toBe(abx)
  })
})

describe('planText', () => {
  it('describes a plan in a sentence', () => {
    expect(planText(abxOfFewSteps(models, 1))).toBe(
      '16 trials: is X A or B? InferGrad, 2 steps and WaveGrad, 6 steps, on the open clip.',
    )
    expect(planText(preferenceOverExamples(models, examples, 1))).toBe(
      '4 trials: which is better? WaveGrad, 6 steps and InferGrad, 2 steps, on 2 clips.',
    )
    expect(planText(mushraOverVoice(models, ['01.flac', '02.flac'], 1))).toBe(
      '2 pages of 8 sliders: InferGrad, 2 steps; InferGrad, 6 steps; WaveGrad, 2 steps; WaveGrad, 6 steps; and Griffin-Lim, with hidden reference and anchors at 3.5 and 7 kHz, on 2 clips.',
    )
  })
})

describe('powerText', () => {
  it('says what a number of trials can show, and when it can show nothing', () => {
    expect(powerText(abxPower(16))).toBe(
      'You need 12 of 16 right to beat chance (p ≤ 0.05). Someone who is right 70, 80 or 90 % of the time achieves that in 45, 80 or 98 of 100 such tests.',
    )
    expect(powerText(abxPower(4))).toContain('4 trials cannot show a difference')
  })
})
