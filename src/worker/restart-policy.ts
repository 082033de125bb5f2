/**
 * Decides what to do after a worker has failed. The rules depend only on the failures so far, so they can be tested
 * without a worker.
 */

export type WorkerFailure<Backend extends string> = {
  readonly cause: 'device-lost' | 'worker-lost' | 'worker-hung' | 'backend-unfit' | 'memory-short'
  readonly backend: Backend
  /** The time of the failure, on any monotonic clock. */
  readonly atSeconds: number
  /** True once a job has finished after it; the failure then no longer counts towards giving up. */
  readonly recovered?: boolean
}

/** An `Attempt` describes how a worker starts. */
export type RestartPolicy<Backend extends string, Attempt> = {
  readonly firstAttempt: Attempt
  /**
   * Returns the attempt that follows `attempt` after the last of `failures`, or undefined when nothing is left to try.
   * `failures` has at least one entry, oldest first.
   */
  readonly nextAttempt: (failures: readonly WorkerFailure<Backend>[], attempt: Attempt) => Attempt | undefined
}

/** Gives up at every failure: the calls in progress reject, and the next call starts a new worker. */
export const neverRestart: RestartPolicy<string, null> = { firstAttempt: null, nextAttempt: () => undefined }

export type DegradedAttempt<Backend extends string> = {
  readonly maxChunkFrames: number
  /** Backends that were abandoned, with the reason to report. */
  readonly skipped: readonly { readonly name: Backend; readonly reason: string }[]
}

export type DegradingRules<Backend extends string> = {
  /** Maximum numbers of frames per chunk, descending; every backend starts with the first. */
  readonly chunkFramesLadder: readonly number[]
  /** Backends that are abandoned for the next one as soon as they cannot do a job. */
  readonly leftWhenUnfit: readonly Backend[]
  /** Backends that are abandoned after two failures within two minutes. */
  readonly leftAfterRepeat: readonly Backend[]
}

const repeatSeconds = 120
const maxFailures = 3

const reasons = {
  'device-lost': 'its graphics device was lost twice within two minutes',
  'worker-lost': 'its worker ended twice within two minutes',
  'worker-hung': 'it stopped answering twice within two minutes',
  'backend-unfit': 'it could not do this job',
  'memory-short': 'it did not have enough memory for this job',
} satisfies Record<WorkerFailure<string>['cause'], string>

/** Whether the worker may still do other jobs, on the same backend. */
export function concernsOneJob(cause: WorkerFailure<string>['cause']): boolean {
  return cause === 'backend-unfit' || cause === 'memory-short'
}

/**
 * Demands less of the device after each failure. After a lost device, or a worker that died or hangs, the next attempt
 * uses the next smaller chunk size, because memory is the most common cause. After a second such failure on the same
 * backend within two minutes, it abandons the backend if the rules say so. After three of them without a finished job
 * in between, it gives up. A backend that cannot do the job, at the smallest chunk or because its results are wrong, is
 * abandoned at once.
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
      if (concernsOneJob(last.cause)) return leftWhenUnfit.includes(last.backend) ? leave() : undefined

      const deaths = failures.filter(({ cause }) => !concernsOneJob(cause))
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
