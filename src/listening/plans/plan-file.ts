/** Reads and writes test plans as files. */
import { safeParse } from 'valibot'
import { ProblemError } from '../../base/problem.ts'
import { issueText, parseJsonObject } from '../json-text.ts'
import { planSchema } from './plan-schema.ts'
import type { TestPlan } from './test-plan.ts'

const version = 1
const maxCharacters = 1_000_000
const accepted = 'a listening plan, version 1, saved by this page (JSON)'

/**
 * Parses and validates the plan in `text`.
 *
 * Throws `plan-invalid` for anything but a plan, and for one that cannot be run; `plan-version` for another version.
 */
export function readPlan(text: string, fileName: string): TestPlan {
  const refusal = (found: string) =>
    new ProblemError({
      code: 'plan-invalid',
      message: `${fileName} is not a valid plan of a listening test.`,
      found,
      accepted,
      remedy: 'Save a plan from this page and edit that, or start from a prepared one.',
      file: fileName,
    })
  const json = parseJsonObject(text, maxCharacters)
  if ('reason' in json) throw refusal(json.reason)
  const { value } = json
  if (value.format !== 'listening-plan') throw refusal('JSON of another kind')
  if (value.version !== version) {
    throw new ProblemError({
      code: 'plan-version',
      message: `${fileName} is a plan of an unsupported version.`,
      found: `version ${typeof value.version === 'number' ? value.version : 'unknown'}`,
      accepted,
      remedy:
        'Open it in the version of this page that saved it, or reload this page to get the latest version.',
      file: fileName,
    })
  }
  const parsed = safeParse(planSchema, value)
  if (!parsed.success) throw refusal(issueText(parsed.issues[0]))
  if (parsed.output.conditions.some(({ kind }) => kind === 'take'))
    throw refusal('a take, which exists only on the page that made it')
  return parsed.output
}

/** Returns the plan as JSON. Throws `plan-has-takes` if it names takes, which exist only on this page. */
export function writePlan(plan: TestPlan): string {
  if (plan.conditions.some(({ kind }) => kind === 'take')) {
    throw new ProblemError({
      code: 'plan-has-takes',
      message: 'This plan names takes of this page, so it cannot be saved for other pages.',
      accepted: 'models, Griffin-Lim and recordings, which every page can reproduce',
      remedy: 'Choose models with their steps instead of takes, then save the plan.',
    })
  }
  return `${JSON.stringify(plan, null, 2)}\n`
}
