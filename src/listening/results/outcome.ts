/** What a listening test found: all of it computed from the answers, of one listener or of several together. */

import { ProblemError } from '../../base/problem.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { TestSession } from '../test-session.ts'
import { type AbxOutcome, abxOutcome } from './abx.ts'
import { type CmosOutcome, cmosOutcome } from './cmos.ts'
import { type MushraOutcome, mushraOutcome } from './mushra.ts'
import { type PreferenceOutcome, preferenceOutcome } from './preference.ts'

export type Outcome = AbxOutcome | PreferenceOutcome | CmosOutcome | MushraOutcome

/** Of one session, finished or not. */
export function outcomeOf(session: TestSession): Outcome {
  return pooledOutcome([session])
}

/**
 * Of several sessions of the same plan, at least one.
 *
 * Throws `results-differ` where their plans differ.
 */
export function pooledOutcome(sessions: readonly TestSession[]): Outcome {
  const [{ plan }] = sessions
  const { kind } = plan
  if (sessions.some((session) => canonicalJson(session.plan) !== canonicalJson(plan))) throw differing()
  switch (kind) {
    case 'abx':
      return abxOutcome(sessions)
    case 'preference':
      return preferenceOutcome(sessions)
    case 'cmos':
      return cmosOutcome(sessions)
    case 'mushra':
      return mushraOutcome(sessions)
    default:
      return kind satisfies never
  }
}

function differing(): ProblemError {
  return new ProblemError({
    code: 'results-differ',
    message: 'These results are not of the same test.',
    accepted: 'results of one plan, by several listeners',
    remedy: 'Open together only results of the same plan, or open them one by one.',
  })
}
