/** The schema of test plans, with limits on every string, count and number, because plans come from files. */
import * as v from 'valibot'
import { correctionChoices } from '../../base/mel-corrections.ts'
import { addedConditions } from './anchors.ts'
import { countTrials } from './draw-trials.ts'
import { type TestPlan, testKinds } from './test-plan.ts'

/** Limits that keep a test endurable, and that no file may exceed. */
export const planLimits = {
  clips: 64,
  conditions: 12,
  abxTrials: 1000,
  repeats: 20,
  trialsInAll: 2000,
  betas: 1000,
} as const

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max))
const uint32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff))
export const idText = text(200)
export const titleText = text(400)
export const seedNumber = uint32
export const betasList = v.pipe(
  v.array(v.pipe(v.number(), v.gtValue(0), v.ltValue(1))),
  v.minLength(1),
  v.maxLength(planLimits.betas),
)

/** Unique in the plan; stimuli are named `<clip>:<condition>`. */
const conditionId = v.pipe(
  v.string(),
  v.regex(/^[\w.-]{1,64}$/, 'an id holds letters, digits, "_", "-", "."'),
)
const named = { id: conditionId, label: text(200) }
const fileName = v.pipe(v.string(), v.maxLength(200), v.regex(/^[\w-]+\.\w+$/, 'a file name is a plain name'))

const clip = v.variant('kind', [
  v.object({ kind: v.literal('source') }),
  v.object({ kind: v.literal('example'), exampleId: idText }),
  v.object({ kind: v.literal('voice'), file: fileName }),
])

/** Plans saved before corrections could be chosen have none; each model then uses its own. */
const corrections = v.optional(v.picklist(correctionChoices))

const condition = v.variant('kind', [
  v.object({
    ...named,
    kind: v.literal('model'),
    modelId: idText,
    schedule: v.union([text(64), betasList]),
    seed: seedNumber,
    corrections,
  }),
  v.object({ ...named, kind: v.literal('no-network'), modelId: idText, seed: seedNumber, corrections }),
  v.object({ ...named, kind: v.literal('griffin-lim'), seed: seedNumber }),
  v.object({ ...named, kind: v.literal('recording') }),
  v.object({
    ...named,
    kind: v.literal('low-pass'),
    cutoffHz: v.pipe(v.number(), v.minValue(100), v.maxValue(24_000)),
  }),
  v.object({ ...named, kind: v.literal('take'), takeId: idText }),
])

const count = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max))

export const planSchema = v.pipe(
  v.object({
    format: v.literal('listening-plan'),
    version: v.literal(1),
    kind: v.picklist(testKinds),
    title: titleText,
    seed: seedNumber,
    trials: count(planLimits.abxTrials),
    clips: v.pipe(v.array(clip), v.minLength(1), v.maxLength(planLimits.clips)),
    conditions: v.pipe(
      v.array(condition),
      v.minLength(1),
      v.maxLength(planLimits.conditions + addedConditions.length),
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const message = validatePlan(dataset.value)
    if (message) addIssue({ message })
  }),
)

/** The reason why a plan of the right shape cannot be run; undefined if it can. */
function validatePlan(plan: TestPlan): string | undefined {
  const { kind, trials, clips, conditions } = plan
  const ids = new Set(conditions.map(({ id }) => id))
  if (ids.size < conditions.length) return 'two conditions have the same id'
  if (new Set(clips.map((one) => JSON.stringify(one))).size < clips.length) return 'a clip is named twice'
  if (clips.length > 1 && conditions.some((one) => one.kind === 'take'))
    return 'takes exist for one clip only'
  if (kind === 'abx' && conditions.length !== 2)
    return `ABX compares two conditions, not ${conditions.length}`
  if ((kind === 'preference' || kind === 'cmos') && conditions.length < 2)
    return 'a comparison needs at least two conditions'
  if ((kind === 'preference' || kind === 'cmos') && trials > planLimits.repeats)
    return `each pair would be heard ${trials} times on each clip`
  if (kind === 'mushra') return validateMushra(plan)
  const inAll = countTrials(plan, clips.length)
  return inAll > planLimits.trialsInAll ? `${inAll} trials are too many` : undefined
}

function validateMushra({ trials, conditions }: TestPlan): string | undefined {
  if (trials !== 1) return 'MUSHRA has one page per clip'
  let systems = 0
  for (const one of conditions) {
    const added = addedConditions.find(({ id }) => id === one.id)
    if (!added) systems++
    if (!added && one.kind === 'recording') return 'MUSHRA adds the recording itself, as the hidden reference'
    if (!added) continue
    const same =
      added.kind === one.kind &&
      (added.kind !== 'low-pass' || one.kind !== 'low-pass' || added.cutoffHz === one.cutoffHz)
    if (!same) return `the id "${one.id}" is reserved for a condition that MUSHRA adds`
  }
  if (systems > planLimits.conditions) return `${systems} conditions on one page are too many`
  return systems === 0 ? 'there is nothing to rate besides reference and anchors' : undefined
}
