/** What a listening test found: all of it computed from the answers, of one listener or of several together. */
import { type AbxOutcome, abxOutcome } from './abx.ts'
import { type CmosOutcome, cmosOutcome } from './cmos.ts'
import { type MushraOutcome, mushraOutcome } from './mushra.ts'
import { type PreferenceOutcome, preferenceOutcome } from './preference.ts'
import type { TestSession } from './test-session.ts'

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
  const { kind } = sessions[0].plan
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
