/**
 * Draws the trials of a test in hidden order, all from the plan's seed and balanced so that the order gives no hint.
 */

import { pairsOf } from '../results/sessions.ts'
import type { Trial } from '../test-session.ts'
import { withAnchors } from './anchors.ts'
import { type Draws, drawsFrom } from './draws.ts'
import type { TestPlan } from './test-plan.ts'

/** The id of the stimulus of a condition on a clip. */
export function stimulusId(clip: number, conditionId: string): string {
  return `${clip}:${conditionId}`
}

/** The number of trials that `drawTrials` draws. */
export function countTrials({ kind, trials, conditions }: TestPlan, clips: number): number {
  switch (kind) {
    case 'abx':
      return trials
    case 'preference':
    case 'cmos':
      return ((conditions.length * (conditions.length - 1)) / 2) * clips * trials
    case 'mushra':
      return clips
    default:
      return kind satisfies never
  }
}

/**
 * Draws the trials of `plan` over `clips` clips, at least one; deterministic for a plan. The sliders of a MUSHRA plan
 * include the reference and anchors that `withAnchors` adds.
 */
export function drawTrials(plan: TestPlan, clips: number): readonly Trial[] {
  const draws = drawsFrom(plan.seed)
  const { kind } = plan
  switch (kind) {
    case 'abx':
      return draws.shuffled(abxTrials(plan, clips, draws))
    case 'preference':
    case 'cmos':
      return draws.shuffled(pairTrials(plan, clips, draws))
    case 'mushra':
      return draws.shuffled(sliderTrials(plan, clips, draws))
    default:
      return kind satisfies never
  }
}

/** Says which condition is A, and whether X is A or B. */
type Cell = readonly [aIs: 0 | 1, x: 0 | 1]
const cells: readonly Cell[] = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]

/**
 * Deals shuffled blocks of all four cells to one clip after the other, so that they are roughly balanced within each
 * clip too. The last, partial block is chosen so that X is A, and the first condition is A, in half of all trials.
 */
function abxTrials({ trials, conditions }: TestPlan, clips: number, draws: Draws): Trial[] {
  const dealt: Cell[] = []
  while (trials - dealt.length >= cells.length) dealt.push(...draws.shuffled(cells))
  dealt.push(...remainder(trials - dealt.length, draws))
  const clipOrder = draws.shuffled(Array.from({ length: clips }, (_, clip) => clip))
  return dealt.map(([aIs, x], index) => {
    const clip = clipOrder[Math.floor((index * clips) / trials)]
    const [a, b] = aIs === 0 ? conditions : [conditions[1], conditions[0]]
    return { clip, stimuli: [stimulusId(clip, a.id), stimulusId(clip, b.id)], x }
  })
}

/** 0 to 3 cells; two are diagonal, that is, they differ in both respects. */
function remainder(count: number, draws: Draws): Cell[] {
  if (count === 2) return draws.nextInt(2) === 0 ? [cells[0], cells[3]] : [cells[1], cells[2]]
  return draws.shuffled(cells).slice(0, count)
}

/** Every pair on every clip, the planned number of times; the orders of a pair differ in number by at most one. */
function pairTrials(plan: TestPlan, clips: number, draws: Draws): Trial[] {
  let swapped = draws.nextInt(2) === 1
  return pairsOf(plan).flatMap(([first, second]) => {
    const clipOrder = draws.shuffled(Array.from({ length: clips }, (_, clip) => clip))
    // The order keeps alternating across pairs, so that it is balanced over all of them too.
    return clipOrder.flatMap((clip) =>
      Array.from({ length: plan.trials }, (): Trial => {
        swapped = !swapped
        const played = swapped ? [second, first] : [first, second]
        return { clip, stimuli: played.map((conditionId) => stimulusId(clip, conditionId)) }
      }),
    )
  })
}

function sliderTrials(plan: TestPlan, clips: number, draws: Draws): Trial[] {
  const { conditions } = withAnchors(plan)
  return Array.from({ length: clips }, (_, clip) => ({
    clip,
    stimuli: draws.shuffled(conditions).map(({ id }) => stimulusId(clip, id)),
  }))
}
