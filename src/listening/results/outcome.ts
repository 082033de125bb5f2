/** The outcome of a listening test, computed from the answers of one or several listeners. */

import { ProblemError } from '../../base/problem.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { TestSession } from '../test-session.ts'
import { type AbxOutcome, abxOutcome } from './abx.ts'
import { type CmosOutcome, cmosOutcome } from './cmos.ts'
import { type MushraOutcome, mushraOutcome } from './mushra.ts'
import { type PreferenceOutcome, preferenceOutcome } from './preference.ts'

export type Outcome = AbxOutcome | PreferenceOutcome | CmosOutcome | MushraOutcome

/** The outcome of one session, finished or not. */
export function outcomeOf(session: TestSession): Outcome {
  return pooledOutcome([session])
}

/**
 * The outcome of one or more sessions of the same plan.
 *
 * Throws `results-differ` if their plans differ.
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
    message: 'These results are from different tests.',
    accepted: 'results of one plan, from several listeners',
    remedy: 'Open only results of the same plan together, or open them one by one.',
  })
}
