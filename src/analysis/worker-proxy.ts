/**
 * The analysis for the page. The first call starts a worker; after the worker has died, the next call starts another.
 * Calls in progress when the worker dies reject with `analysis-lost`. They are not run again, because the usual cause
 * is a lack of memory, which would end the next worker too.
 */
import type { Problem } from '../base/problem.ts'
import { JobQueue } from '../worker/job-queue.ts'
import { neverRestart } from '../worker/restart-policy.ts'
import { WorkerSupervisor } from '../worker/supervisor.ts'
import type { Analysis } from './analysis.ts'
import { compareInParts, measureInParts, melDifferenceInParts } from './in-parts.ts'
import type { AnalysisCalls } from './protocol.ts'

const lost: Problem = {
  code: 'analysis-lost',
  message: 'The analysis stopped unexpectedly, perhaps because memory ran out.',
  remedy: 'Try again, with a shorter recording if you use one. Nothing on the page is lost.',
}
const closed: Problem = { code: 'analysis-closed', message: 'The analysis was closed.' }

/** The only backend of the analysis. */
const onProcessor = { name: 'cpu' } as const

const spawnWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analysis' })

export function connectAnalysis(createWorker: () => Worker = spawnWorker): Analysis {
  // The worker has no silence limit: it may compute for a long time without a pause, so a silent worker need not hang.
  const worker = new WorkerSupervisor<AnalysisCalls, typeof onProcessor, null>({
    createWorker,
    watch: (connection, payload, options) => connection.call('watch', payload, options),
    start: async () => onProcessor,
    policy: neverRestart,
    presumedBackend: () => onProcessor.name,
    giveUpProblem: () => lost,
  })
  // The worker would not begin these calls before it has ended those sent before. Until then, each would hold a copy of
  // its audio.
  const withAudio = new JobQueue()
  return {
    open: (input) => worker.call('open', input),
    decode: (file) => worker.call('decode', file),
    unpack: (file) => worker.call('unpack', file),
    analyse: (input) => worker.call('analyse', input),
    measure: ({ audio }) =>
      withAudio.run(() => measureInParts(audio, (part) => worker.call('measurePart', part))),
    compare: (input, options) =>
      withAudio.run(
        () => compareInParts(input, (part) => worker.call('compare', part, options)),
        options?.signal,
      ),
    griffinLim: (input, options) => worker.call('griffinLim', input, options),
    openReference: (file) => worker.call('openReference', file),
    difference: (input) => withAudio.run(() => worker.call('difference', input)),
    melDifference: (input) =>
      withAudio.run(() => melDifferenceInParts(input, (part) => worker.call('melDifference', part))),
    lowPass: (input) => withAudio.run(() => worker.call('lowPass', input)),
    sha256: (audio) => withAudio.run(() => worker.call('sha256', audio)),
    encodeWav: (input) => withAudio.run(() => worker.call('encodeWav', input)),
    encodeMel: (mel) => worker.call('encodeMel', mel),
    dispose: () => worker.close(closed),
  }
}
