/** The schema of a listening-test session, value by value; `validate-session.ts` checks that its parts agree. */
import * as v from 'valibot'
import { correctionScopes } from '../../base/mel-corrections.ts'
import { betasList, idText, planLimits, planSchema, seedNumber, titleText } from '../plans/plan-schema.ts'

const finite = v.pipe(v.number(), v.finite())
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'a SHA-256 has 64 hexadecimal digits'))
const index = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(max))
const isoTime = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((time) => Number.isFinite(Date.parse(time)), 'there is no such date'),
)
const stimulusId = v.pipe(v.string(), v.maxLength(80))
const line = (max: number) => v.pipe(v.string(), v.maxLength(max))
const maxSliders = planLimits.conditions + 3

const stimulus = v.object({
  id: stimulusId,
  clip: index(planLimits.clips - 1),
  conditionId: v.pipe(v.string(), v.maxLength(64)),
  sha256,
  durationSeconds: v.pipe(finite, v.minValue(0)),
  sampleRateHz: v.pipe(finite, v.gtValue(0), v.maxValue(1e6)),
  loudnessLufs: v.nullable(finite),
  gainDb: v.pipe(finite, v.maxValue(0)),
  making: v.optional(
    v.object({
      modelId: idText,
      weightsSha256: sha256,
      betas: v.optional(betasList),
      seed: seedNumber,
      corrections: v.optional(
        v.object({
          count: index(100),
          momentum: v.pipe(finite, v.minValue(0), v.ltValue(1)),
          scope: v.optional(v.picklist(correctionScopes), 'all'),
        }),
      ),
      backend: line(100),
    }),
  ),
})

const trial = v.object({
  clip: index(planLimits.clips - 1),
  stimuli: v.pipe(v.array(stimulusId), v.minLength(2), v.maxLength(maxSliders)),
  x: v.optional(v.picklist([0, 1])),
})

const answer = v.object({
  trial: index(planLimits.trialsInAll - 1),
  choice: v.optional(v.nullable(v.picklist([0, 1]))),
  comparison: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-3), v.maxValue(3))),
  ratings: v.optional(
    v.pipe(v.array(v.pipe(finite, v.minValue(0), v.maxValue(100))), v.maxLength(maxSliders)),
  ),
  seconds: v.pipe(finite, v.minValue(0)),
})

export const sessionSchema = v.object({
  plan: planSchema,
  clipTitles: v.pipe(v.array(titleText), v.maxLength(planLimits.clips)),
  stimuli: v.pipe(v.array(stimulus), v.minLength(1), v.maxLength(planLimits.clips * maxSliders)),
  trials: v.pipe(v.array(trial), v.minLength(1), v.maxLength(planLimits.trialsInAll)),
  answers: v.pipe(v.array(answer), v.maxLength(planLimits.trialsInAll)),
  takenBack: index(1_000_000),
  environment: v.object({ userAgent: line(1000), backend: line(100), page: line(100) }),
  startedAt: isoTime,
  finishedAt: v.optional(isoTime),
})
