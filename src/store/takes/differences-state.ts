/** The difference of one take from another, or from the mel. Its picture is in the signal library. */
import type { Difference } from '../../analysis/analysis.ts'

export type { Difference } from '../../analysis/analysis.ts'

/**
 * A take by the place that it has, so that a choice outlives the take: the system of a current one, the id of a kept one.
 * Or the mel that went in.
 */
export type Subject = string

export const melSubject: Subject = 'mel'

export type DifferencePair = {
  readonly of: Subject
  readonly from: Subject
}

/** A difference whose picture is there. */
export type ShownDifference = DifferencePair & {
  /** The ids of the takes, at the time; the second is absent where it is the mel. */
  readonly takeIds: readonly [of: string, from?: string]
  /** The id of the `Difference` in the signal library. */
  readonly signalId: string
  readonly unit: Difference['unit']
  /** Root mean square, in `unit`. */
  readonly total: number
  readonly uncomparedSeconds: number
  /** Where they differ. */
  readonly ratesHz?: readonly [of: number, from: number]
  /** Takes without a sound. */
  readonly silent: readonly Subject[]
}

export type DifferencesState = {
  /** The choice, as far as one was made; the rest is chosen by what there is: `differencePair`. */
  readonly chosen: Partial<DifferencePair>
  readonly shown?: ShownDifference
}

export type DifferencesActions = {
  readonly choose: (change: Partial<DifferencePair>) => void
  /** Computes what is chosen, where that is not what is there: after takes or the choice have changed. */
  readonly refresh: () => Promise<void>
}
