/** A test plan as a file. */
import { safeParse } from 'valibot'
import { ProblemError } from '../../base/problem.ts'
import { issueText, parseJsonObject } from '../json-text.ts'
import { planSchema } from './plan-schema.ts'
import type { TestPlan } from './test-plan.ts'

const version = 1
const maxCharacters = 1_000_000
const accepted = 'a listening plan, version 1, as this page saves it (JSON)'

/**
 * The plan that `text` holds, checked.
 *
 * Throws `plan-invalid` for anything that is no plan, or one that cannot be run; `plan-version` for one of another version.
 */
export function readPlan(text: string, fileName: string): TestPlan {
  const refusal = (found: string) =>
    new ProblemError({
      code: 'plan-invalid',
      message: `${fileName} is no plan of a listening test.`,
      found,
      accepted,
      remedy: 'Save a plan from this page and change that, or start from a prepared one.',
      file: fileName,
    })
  const json = parseJsonObject(text, maxCharacters)
  if ('reason' in json) throw refusal(json.reason)
  const { value } = json
  if (value.format !== 'listening-plan') throw refusal('JSON of something else')
  if (value.version !== version) {
    throw new ProblemError({
      code: 'plan-version',
      message: `${fileName} is a plan of another version.`,
      found: `version ${String(value.version).slice(0, 20)}`,
      accepted,
      remedy: 'Open it in the version of this page that wrote it, or reload this page to have the newest.',
      file: fileName,
    })
  }
  const parsed = safeParse(planSchema, value)
  if (!parsed.success) throw refusal(issueText(parsed.issues[0]))
  if (parsed.output.conditions.some(({ kind }) => kind === 'take'))
    throw refusal('a take of a page, which no other page has')
  return parsed.output
}

/** The plan as JSON. Throws `plan-has-takes` where it names takes of the page, which nobody else has. */
export function writePlan(plan: TestPlan): string {
  if (plan.conditions.some(({ kind }) => kind === 'take')) {
    throw new ProblemError({
      code: 'plan-has-takes',
      message: 'This plan names takes of this page, so it cannot be saved for another.',
      accepted: 'models, Griffin-Lim and recordings, which every page can make',
      remedy: 'Choose models with their steps instead of takes, then save the plan.',
    })
  }
  return `${JSON.stringify(plan, null, 2)}\n`
}
