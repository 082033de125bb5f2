/**
 * What to do when a worker has ended: pure rules over what happened before, so that they can be tested without a worker.
 *
 * A lost device costs half of the chunk, because memory is the commonest cause; a second within two minutes costs the
 * backend, because Chromium bars a page from the GPU after quick repeats. A worker that died or hung is replaced in the
 * same way. Three of these without a finished job between them mean that going on is no use. A backend that cannot do the
 * job, at the smallest chunk or because its results are wrong, is left at once.
 */
import type { BackendName } from '../engine/vocoder-engine.ts'

export type WorkerFailure = {
  readonly cause: 'device-lost' | 'worker-lost' | 'worker-hung' | 'backend-unfit'
  readonly backend: BackendName
  /** Any clock that does not jump. */
  readonly atSeconds: number
  /** Whether a job was finished after it: such an ending no longer counts against going on at all. */
  readonly recovered?: boolean
}

export type Attempt = {
  readonly maxChunkFrames: number
  readonly skipped: readonly { readonly name: BackendName; readonly reason: string }[]
}

export const chunkFramesLadder = [256, 128, 64, 32] as const
export const firstAttempt: Attempt = { maxChunkFrames: chunkFramesLadder[0], skipped: [] }

const minChunkFrames = Math.min(...chunkFramesLadder)
const repeatSeconds = 120
const maxFailures = 3

const inWords = {
  'device-lost': 'its graphics device was lost twice within two minutes',
  'worker-lost': 'its worker ended twice within two minutes',
  'worker-hung': 'it stopped answering twice within two minutes',
  'backend-unfit': 'it could not do this job',
} satisfies Record<WorkerFailure['cause'], string>

/**
 * What to try after the last of `endings`, which followed `attempt`; undefined when nothing is left. `endings` are oldest
 * first, at least one.
 */
export function nextAttempt(endings: readonly WorkerFailure[], attempt: Attempt): Attempt | undefined {
  const last = endings[endings.length - 1]
  const canLeave = last.backend !== 'cpu'
  const leave = () => ({
    maxChunkFrames: chunkFramesLadder[0],
    skipped: [...attempt.skipped, { name: last.backend, reason: inWords[last.cause] }],
  })
  if (last.cause === 'backend-unfit') return canLeave ? leave() : undefined

  const deaths = endings.filter(({ cause }) => cause !== 'backend-unfit')
  if (deaths.filter(({ recovered }) => !recovered).length >= maxFailures) return undefined
  const repeated = deaths.some(
    (death) =>
      death !== last && death.backend === last.backend && last.atSeconds - death.atSeconds <= repeatSeconds,
  )
  if (repeated && last.backend === 'webgpu') return leave()
  return { ...attempt, maxChunkFrames: Math.max(attempt.maxChunkFrames / 2, minChunkFrames) }
}

/** How a worker is to start in `attempt`; what the user forced is given up once it was passed over. */
export function startOf({ skipped, maxChunkFrames }: Attempt, forced: BackendName | undefined) {
  const barred = skipped.some(({ name }) => name === forced)
  return { backend: barred ? undefined : forced, skipped, maxChunkFrames }
}
