/**
 * Decides what follows after a worker has failed. The rules look at the failures so far and at nothing else, so that they
 * can be tested without a worker.
 */

export type WorkerFailure<Backend extends string> = {
  readonly cause: 'device-lost' | 'worker-lost' | 'worker-hung' | 'backend-unfit'
  readonly backend: Backend
  /** The time of the failure on any clock that does not jump. */
  readonly atSeconds: number
  /** True once a job was finished after it: the failure then no longer counts towards giving up. */
  readonly recovered?: boolean
}

/** An `Attempt` says how a worker is to start. */
export type RestartPolicy<Backend extends string, Attempt> = {
  readonly firstAttempt: Attempt
  /**
   * The attempt after the last of `failures`, which followed `attempt`; undefined when nothing is left to try. `failures` are
   * oldest first, at least one.
   */
  readonly nextAttempt: (failures: readonly WorkerFailure<Backend>[], attempt: Attempt) => Attempt | undefined
}

/** Gives up at every failure: the calls under way reject, and the next call begins in a new worker. */
export const neverRestart: RestartPolicy<string, null> = { firstAttempt: null, nextAttempt: () => undefined }

export type DegradedAttempt<Backend extends string> = {
  readonly maxChunkFrames: number
  /** Backends that were left, with the reason to report. */
  readonly skipped: readonly { readonly name: Backend; readonly reason: string }[]
}

export type DegradingRules<Backend extends string> = {
  /** Most frames per chunk, descending; the first is where every backend begins. */
  readonly chunkFramesLadder: readonly number[]
  /** Backends that are left at once for the next one when they cannot do a job. */
  readonly leftWhenUnfit: readonly Backend[]
  /** Backends that are left after they failed twice within two minutes. */
  readonly leftAfterRepeat: readonly Backend[]
}

const repeatSeconds = 120
const maxFailures = 3

const reasons = {
  'device-lost': 'its graphics device was lost twice within two minutes',
  'worker-lost': 'its worker ended twice within two minutes',
  'worker-hung': 'it stopped answering twice within two minutes',
  'backend-unfit': 'it could not do this job',
} satisfies Record<WorkerFailure<string>['cause'], string>

/**
 * Asks less of the device after each failure. A lost device, a dead worker or one that hangs costs one step of the chunk
 * ladder, because memory is the commonest cause; a second such failure on the same backend within two minutes costs the
 * backend where the rules say so. Three of them without a finished job in between mean that going on is no use. A backend
 * that cannot do the job, at the smallest chunk or because its results are wrong, is left at once.
 */
export function degradingPolicy<Backend extends string>({
  chunkFramesLadder,
  leftWhenUnfit,
  leftAfterRepeat,
}: DegradingRules<Backend>): RestartPolicy<Backend, DegradedAttempt<Backend>> {
  const firstAttempt: DegradedAttempt<Backend> = { maxChunkFrames: chunkFramesLadder[0], skipped: [] }
  return {
    firstAttempt,
    nextAttempt(failures, attempt) {
      const last = failures[failures.length - 1]
      const leave = (): DegradedAttempt<Backend> => ({
        ...firstAttempt,
        skipped: [...attempt.skipped, { name: last.backend, reason: reasons[last.cause] }],
      })
      if (last.cause === 'backend-unfit') return leftWhenUnfit.includes(last.backend) ? leave() : undefined

      const deaths = failures.filter(({ cause }) => cause !== 'backend-unfit')
      if (deaths.filter(({ recovered }) => !recovered).length >= maxFailures) return undefined
      const repeated = deaths.some(
        (death) =>
          death !== last &&
          death.backend === last.backend &&
          last.atSeconds - death.atSeconds <= repeatSeconds,
      )
      if (repeated && leftAfterRepeat.includes(last.backend)) return leave()
      const smaller = chunkFramesLadder.find((frames) => frames < attempt.maxChunkFrames)
      return { ...attempt, maxChunkFrames: smaller ?? attempt.maxChunkFrames }
    },
  }
}
