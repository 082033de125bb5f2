/** Descriptions of a plan and of its statistical power. */
import type { AbxPower } from '../statistics/abx-power.ts'
import { joinList, pluralize } from '../text-format.ts'
import { addedConditions, withAnchors } from './anchors.ts'
import { countTrials } from './draw-trials.ts'
import type { TestPlan } from './test-plan.ts'

/** One or two sentences: the number of trials, the question, the conditions and the clips. */
export function planText(plan: TestPlan): string {
  const count = countTrials(plan, plan.clips.length)
  const added = new Set(addedConditions.map(({ id }) => id))
  const labels = joinList(plan.conditions.filter(({ id }) => !added.has(id)).map(({ label }) => label))
  const on = clipsText(plan)
  switch (plan.kind) {
    case 'abx':
      return `${pluralize(count, 'trial')}: is X A or B? ${labels}, on ${on}.`
    case 'preference':
      return `${pluralize(count, 'trial')}: which is better? ${labels}, on ${on}.`
    case 'cmos':
      return `${pluralize(count, 'trial')}: how much better is B than A? ${labels}, on ${on}.`
    case 'mushra':
      return `${pluralize(count, 'page')} of ${withAnchors(plan).conditions.length} sliders: ${labels}, with hidden reference and anchors at 3.5 and 7 kHz, on ${on}.`
    default:
      return plan.kind satisfies never
  }
}

function clipsText({ clips }: TestPlan): string {
  if (clips.length > 1) return `${clips.length} clips`
  return clips[0].kind === 'source' ? 'the open clip' : 'one clip'
}

/** The power of a number of ABX trials in one or two sentences. */
export function powerText({ trials, criticalScore, powers }: AbxPower): string {
  if (criticalScore === null)
    return `${pluralize(trials, 'trial')} cannot show a difference: chance alone often gets all of them right. You need at least 5.`
  const whole = (share: number) => String(Math.round(100 * share))
  const each = (values: readonly number[]) =>
    values
      .map(whole)
      .join(', ')
      .replace(/, (\d+)$/, ' or $1')
  return (
    `You need ${criticalScore} of ${trials} right to beat chance (p ≤ 0.05). Someone who is right ` +
    `${each(powers.map(({ share }) => share))} % of the time achieves that in ${each(powers.map(({ power }) => power))} of 100 such tests.`
  )
}
