import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pairsOf } from '../results/sessions.ts'
import { planOf } from '../testing/sessions.ts'
import { countTrials, drawTrials, stimulusId } from './draw-trials.ts'

const seeds = fc.integer({ min: 0, max: 0xffffffff })
const clipCounts = fc.integer({ min: 1, max: 9 })

function spread(counts: readonly number[]): number {
  return Math.max(...counts) - Math.min(...counts)
}

describe('drawTrials', () => {
  it('draws the same trials from the same seed, and others from another seed', () => {
    for (const kind of ['abx', 'preference', 'cmos', 'mushra'] as const) {
      const plan = planOf(kind, { trials: 16 })
      expect(drawTrials(plan, 3)).toEqual(drawTrials({ ...plan }, 3))
      expect(drawTrials({ ...plan, seed: 8 }, 3)).not.toEqual(drawTrials(plan, 3))
    }
  })

  it('makes X A in half of all ABX trials, and each condition A in half of them', () => {
    fc.assert(
      fc.property(seeds, clipCounts, fc.integer({ min: 1, max: 60 }), (seed, clips, trials) => {
        const drawn = drawTrials(planOf('abx', { seed, clips, trials }), clips)
        expect(drawn).toHaveLength(trials)
        const xIsA = drawn.filter(({ x }) => x === 0).length
        const firstIsA = drawn.filter(({ clip, stimuli }) => stimuli[0] === stimulusId(clip, 'w6')).length
        const odd = trials % 2
        expect(Math.abs(2 * xIsA - trials)).toBe(odd)
        expect(Math.abs(2 * firstIsA - trials)).toBe(odd)
        for (const { clip, stimuli } of drawn) {
          expect(stimuli.toSorted()).toEqual([stimulusId(clip, 'i2'), stimulusId(clip, 'w6')])
        }
        const perClip = Array.from(
          { length: clips },
          (_, clip) => drawn.filter((trial) => trial.clip === clip).length,
        )
        expect(spread(perClip)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 150 },
    )
  })

  it('makes X vary at every position of an ABX test', () => {
    const xs = Array.from({ length: 400 }, (_, seed) =>
      drawTrials(planOf('abx', { seed, trials: 16 }), 3).map(({ x }) => Number(x)),
    )
    for (let position = 0; position < 16; position++) {
      const ones = xs.reduce((sum, row) => sum + row[position], 0)
      // 5 standard deviations of 400 coin flips.
      expect(Math.abs(ones - 200)).toBeLessThan(50)
    }
  })

  it('plays every pair on every clip the planned number of times, in both orders', () => {
    fc.assert(
      fc.property(seeds, clipCounts, fc.integer({ min: 1, max: 5 }), (seed, clips, trials) => {
        for (const kind of ['preference', 'cmos'] as const) {
          const plan = planOf(kind, { seed, clips, trials })
          const drawn = drawTrials(plan, clips)
          expect(drawn).toHaveLength(countTrials(plan, clips))
          let firstLeads = 0
          for (const [first, second] of pairsOf(plan)) {
            const counts = Array.from({ length: clips }, (_, clip) => {
              const [one, other] = [stimulusId(clip, first), stimulusId(clip, second)]
              const forwards = drawn.filter(
                ({ stimuli }) => stimuli[0] === one && stimuli[1] === other,
              ).length
              const backwards = drawn.filter(
                ({ stimuli }) => stimuli[0] === other && stimuli[1] === one,
              ).length
              expect(forwards + backwards).toBe(trials)
              expect(Math.abs(forwards - backwards)).toBeLessThanOrEqual(1)
              return forwards - backwards
            })
            const lead = counts.reduce((sum, count) => sum + count, 0)
            expect(Math.abs(lead)).toBeLessThanOrEqual(1)
            firstLeads += lead
          }
          expect(Math.abs(firstLeads)).toBeLessThanOrEqual(1)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('gives a MUSHRA test one page per clip, with reference and anchors among the sliders', () => {
    fc.assert(
      fc.property(seeds, clipCounts, (seed, clips) => {
        const drawn = drawTrials(planOf('mushra', { seed, clips, trials: 1 }), clips)
        expect(drawn.map(({ clip }) => clip).toSorted()).toEqual(
          Array.from({ length: clips }, (_, clip) => clip),
        )
        for (const { clip, stimuli } of drawn) {
          expect(stimuli.toSorted()).toEqual(
            ['w6', 'i2', 'gl', 'reference', 'anchor-3500', 'anchor-7000']
              .map((id) => stimulusId(clip, id))
              .toSorted(),
          )
        }
      }),
      { numRuns: 40 },
    )
  })

  it('puts the hidden reference at every slider over many seeds', () => {
    const places = new Set(
      Array.from({ length: 60 }, (_, seed) =>
        drawTrials(planOf('mushra', { seed, clips: 1 }), 1)[0].stimuli.indexOf('0:reference'),
      ),
    )
    expect([...places].toSorted()).toEqual([0, 1, 2, 3, 4, 5])
  })
})
