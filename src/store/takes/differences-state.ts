/** The difference of one take from another, or from the mel. Its picture is in the signal library. */
import type { Difference } from '../../analysis/analysis.ts'

export type { Difference } from '../../analysis/analysis.ts'

/**
 * A take by its place, so that a choice survives the take: the system of a current one, the id of a kept one. It can
 * also be the input mel.
 */
export type Subject = string

export const melSubject: Subject = 'mel'

export type DifferencePair = {
  readonly of: Subject
  readonly from: Subject
}

/** A difference whose picture is ready. */
export type ShownDifference = DifferencePair & {
  /** The ids of the takes when it was computed; the second is absent if it is the mel. */
  readonly takeIds: readonly [of: string, from?: string]
  /** The id of the `Difference` in the signal library. */
  readonly signalId: string
  readonly unit: Difference['unit']
  /** Root mean square, in `unit`. */
  readonly total: number
  readonly uncomparedSeconds: number
  /** The sampling rates, if they differ. */
  readonly ratesHz?: readonly [of: number, from: number]
  /** The silent takes. */
  readonly silent: readonly Subject[]
}

export type DifferencesState = {
  /** The user's choice, which may be partial; `differencePair` completes it. */
  readonly chosen: Partial<DifferencePair>
  readonly shown?: ShownDifference
}

export type DifferencesActions = {
  readonly choose: (change: Partial<DifferencePair>) => void
  /** Computes the chosen difference if it is not the current one: after a change of the takes or of the choice. */
  readonly refresh: () => Promise<void>
}
