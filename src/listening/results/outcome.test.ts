import { describe, expect, it } from 'vitest'
import type { TestSession } from '../test-session.ts'
import { planOf, sessionOf } from '../testing/sessions.ts'
import { outcomeOf, pooledOutcome } from './outcome.ts'

function expectKind<Kind extends string>(outcome: { readonly kind: string }, kind: Kind): void {
  expect(outcome.kind).toBe(kind)
}

describe('ABX', () => {
  const plan = planOf('abx', { trials: 16 })
  /** Answers correctly in all but the first `wrong` trials. */
  const session = (wrong: number) =>
    sessionOf(plan, ({ x }, _, index) => ({ choice: index < wrong ? (x === 0 ? 1 : 0) : x }))

  it('counts the correct answers, with p, interval and power', () => {
    const outcome = outcomeOf(session(4))
    if (outcome.kind !== 'abx') throw new Error(outcome.kind)
    expect(outcome).toMatchObject({ plannedTrials: 16, answered: 16, correct: 12, share: 0.75, listeners: 1 })
    expect(outcome.p).toBeCloseTo(0.0384, 4)
    expect(outcome.interval.low).toBeCloseTo(0.4762, 4)
    expect(outcome.power?.criticalScore).toBe(12)
    expect(outcome.scoredTrials.map(({ correct }) => correct)).toEqual(
      Array.from({ length: 16 }, (_, i) => i >= 4),
    )
    expect(outcome.scoredTrials[0].conditionIds.toSorted()).toEqual(['i2', 'w6'])
  })

  it('pools listeners, and keeps the order of each', () => {
    const outcome = pooledOutcome([session(0), session(16)])
    if (outcome.kind !== 'abx') throw new Error(outcome.kind)
    expect(outcome).toMatchObject({ listeners: 2, answered: 32, correct: 16 })
    expect(outcome.scoredTrials[16]).toMatchObject({ listener: 1, trial: 0, correct: false })
  })

  it('has an outcome before the first answer', () => {
    const outcome = outcomeOf({ ...session(0), answers: [] })
    expect(outcome).toMatchObject({
      answered: 0,
      p: 1,
      share: null,
      interval: { low: 0, high: 1 },
      power: null,
    })
  })

  it('refuses to pool results of different plans', () => {
    const other = sessionOf(planOf('abx', { trials: 16, seed: 8 }), () => ({ choice: 0 }))
    expect(() => pooledOutcome([session(0), other])).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'results-differ' }) }),
    )
  })
})

describe('preference', () => {
  it('credits each win to the condition, whichever order it was played in', () => {
    const session = sessionOf(planOf('preference', { trials: 4 }), (_, ids, index) => {
      if (!ids.includes('gl')) return { choice: index % 3 === 0 ? null : (ids.indexOf('i2') as 0 | 1) }
      return { choice: ids[0] === 'gl' ? 1 : 0 }
    })
    const outcome = outcomeOf(session)
    if (outcome.kind !== 'preference') throw new Error(outcome.kind)
    expect(outcome.pairs.map(({ first, second }) => [first, second])).toEqual([
      ['w6', 'i2'],
      ['w6', 'gl'],
      ['i2', 'gl'],
    ])
    const [models, , last] = outcome.pairs
    expect(models.firstWins).toBe(0)
    expect(models.secondWins + models.ties).toBe(12)
    expect(models.share).toBe(1)
    expect(models.p).toBeCloseTo(2 * 0.5 ** models.secondWins, 12)
    expect(last).toMatchObject({ firstWins: 12, secondWins: 0, ties: 0, share: 0 })
    expect(last.interval.low).toBe(0)
    expect(outcome.playedFirstWins + outcome.playedSecondWins).toBe(24 + models.secondWins)
  })

  it('gives no share for a pair of which neither was ever preferred', () => {
    const outcome = outcomeOf(sessionOf(planOf('preference'), () => ({ choice: null })))
    expectKind(outcome, 'preference')
    expect(outcome).toMatchObject({ pairs: [{ ties: 6, share: null, p: 1 }, {}, {}], playedFirstWins: 0 })
  })
})

describe('CMOS', () => {
  it('reverses scores if the second of the pair was played first', () => {
    // Griffin-Lim is always 2 worse; the models are 1 apart.
    const worth: Readonly<Record<string, number>> = { w6: 1, i2: 2, gl: -1 }
    const session = sessionOf(planOf('cmos', { trials: 2 }), (_, [a, b]) => ({
      comparison: worth[b] - worth[a],
    }))
    const outcome = outcomeOf(session)
    if (outcome.kind !== 'cmos') throw new Error(outcome.kind)
    expect(outcome.pairs.map(({ mean }) => mean)).toEqual([1, -2, -3])
    expect(outcome.pairs[0].counts).toEqual([0, 0, 0, 0, 6, 0, 0])
    expect(outcome.pairs[0].p).toBeCloseTo(2 / 64, 12)
    expect(outcome.pairs[0].interval).toEqual({ low: 1, high: 1 })
  })
})

describe('MUSHRA', () => {
  const plan = planOf('mushra', { trials: 1, clips: 11 })
  const systems = [100, 42, 55, 60, 61, 61, 62, 70, 12, 64, 65]
  function listener(reference: (clip: number) => number, anchor = 40): TestSession {
    return sessionOf(plan, ({ clip }, ids) => ({
      ratings: ids.map((id) => {
        if (id === 'reference') return reference(clip)
        if (id === 'anchor-7000') return anchor
        return id === 'i2' ? systems[clip] : 20
      }),
    }))
  }

  it('summarises ratings as in box plots', () => {
    const outcome = outcomeOf(listener(() => 100))
    if (outcome.kind !== 'mushra') throw new Error(outcome.kind)
    expect(outcome.conditions.map(({ conditionId, role }) => [conditionId, role])).toEqual([
      ['w6', 'system'],
      ['i2', 'system'],
      ['gl', 'system'],
      ['reference', 'reference'],
      ['anchor-7000', 'anchor'],
      ['anchor-3500', 'anchor'],
    ])
    const { summary, ratings } = outcome.conditions[1]
    expect(ratings.toSorted()).toEqual(systems.toSorted())
    // Expected values: numpy.percentile and scipy.stats.ttest_1samp. 100, 42 and 12 are outside the whiskers.
    expect(summary).toMatchObject({
      median: 61,
      lowerQuartile: 57.5,
      upperQuartile: 64.5,
      lowerWhisker: 55,
      upperWhisker: 70,
    })
    expect(summary?.mean).toBeCloseTo(59.2727272727, 9)
    expect(summary?.interval?.low).toBeCloseTo(45.1900599405, 8)
    expect(summary?.interval?.high).toBeCloseTo(73.355394605, 8)
  })

  it('excludes listeners who rate the hidden reference below 90 in more than 15 % of trials', () => {
    // 1 of 11 is 9 %, 2 of 11 are 18 %.
    const careful = listener((clip) => (clip < 1 ? 89 : 90))
    const careless = listener((clip) => (clip < 2 ? 89 : 100))
    const outcome = pooledOutcome([careful, careless])
    if (outcome.kind !== 'mushra') throw new Error(outcome.kind)
    expect(outcome.screening.map(({ excluded, referenceBelow }) => [excluded, referenceBelow])).toEqual([
      [false, 1],
      [true, 2],
    ])
    expect(outcome.screened).toBe(true)
    expect(outcome.conditions[3].ratings).toHaveLength(11)
    expect(outcome.answered).toBe(22)
  })

  it('keeps a listener with 15 % of such trials, and leaves out one with more', () => {
    // 3 of 20 are 15 %, 4 of 20 are 20 %.
    const twenty = planOf('mushra', { trials: 1, clips: 20 })
    const session = (failures: number) =>
      sessionOf(twenty, ({ clip }, ids) => ({
        ratings: ids.map((id) => {
          if (id === 'reference') return clip < failures ? 89 : 90
          return id === 'anchor-7000' && clip < failures ? 91 : 90
        }),
      }))
    const outcome = pooledOutcome([session(3), session(4)])
    expect(outcome).toMatchObject({
      screening: [
        { referenceBelow: 3, anchorAbove: 3, excluded: false, anchorUnnoticed: false },
        { referenceBelow: 4, anchorAbove: 4, excluded: true, anchorUnnoticed: true },
      ],
    })
  })

  it('keeps the figures of a single listener who fails, and reports it', () => {
    const outcome = outcomeOf(listener(() => 50, 95))
    expect(outcome).toMatchObject({
      screened: false,
      screening: [{ excluded: true, anchorUnnoticed: true, anchorAbove: 11 }],
    })
  })
})
