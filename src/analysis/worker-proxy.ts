/**
 * The analysis as the page sees it: a worker that is started by the first call, and replaced by the next one after it died.
 * Browsers do not tell when a worker dies, so it holds a Web Lock, whose release is noticed.
 */
import { type Problem, ProblemError } from '../base/problem.ts'
import { type Connection, connect } from '../worker/rpc.ts'
import type { Analysis } from './analysis.ts'
import type { AnalysisCalls } from './protocol.ts'

const lost: Problem = {
  code: 'analysis-lost',
  message: 'The analysis stopped unexpectedly, perhaps for want of memory.',
  remedy: 'Try again, with a shorter recording if there is one; what is on the page is still here.',
}
const closed: Problem = { code: 'analysis-closed', message: 'The analysis was closed.' }

type Life = {
  /** Once the worker runs, and its death would be noticed as well as the browser allows. */
  readonly ready: Promise<Connection<AnalysisCalls>>
  end(problem: Problem): void
}

const spawnWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analysis' })

/** Calls under way when the worker dies reject with `analysis-lost`. */
export function connectAnalysis(createWorker: () => Worker = spawnWorker): Analysis {
  let life: Life | undefined
  let isClosed = false

  async function connection(): Promise<Connection<AnalysisCalls>> {
    if (isClosed) throw new ProblemError(closed)
    if (!life) {
      const started = startLife(createWorker(), () => {
        if (life === started) life = undefined
      })
      life = started
    }
    return life.ready
  }

  return {
    identify: async (file) => (await connection()).call('identify', file),
    openMel: async (input) => (await connection()).call('openMel', input),
    decodeWav: async (file) => (await connection()).call('decodeWav', file),
    analyse: async (input) => (await connection()).call('analyse', input),
    spectrogram: async (audio) => (await connection()).call('spectrogram', audio),
    griffinLim: async (input, options) => (await connection()).call('griffinLim', input, options),
    compare: async (input, options) => (await connection()).call('compare', input, options),
    melError: async (input) => (await connection()).call('melError', input),
    difference: async (input) => (await connection()).call('difference', input),
    melDifference: async (input) => (await connection()).call('melDifference', input),
    lowPass: async (input) => (await connection()).call('lowPass', input),
    sha256: async (audio) => (await connection()).call('sha256', audio),
    loudnessLufs: async (audio) => (await connection()).call('loudnessLufs', audio),
    encodeWav: async (input) => (await connection()).call('encodeWav', input),
    encodeMel: async (mel) => (await connection()).call('encodeMel', mel),
    dispose() {
      isClosed = true
      life?.end(closed)
    },
  }
}

/** `onDeath` is called at most once, and not after `end`. */
function startLife(worker: Worker, onDeath: () => void): Life {
  const connection = connect<AnalysisCalls>(worker)
  const lockName = `analysis-${crypto.randomUUID?.() ?? Math.random()}`
  const lockRequest = new AbortController()

  function end(problem: Problem): void {
    lockRequest.abort()
    worker.terminate()
    connection.close(problem)
  }
  function die(): void {
    if (lockRequest.signal.aborted) return
    end(lost)
    onDeath()
  }
  worker.addEventListener('error', die)
  const ready = new Promise<Connection<AnalysisCalls>>((resolve, reject) => {
    const onProgress = (lock: 'locked' | 'unlocked') => {
      if (lock === 'locked')
        navigator.locks.request(lockName, { signal: lockRequest.signal }, die).catch(() => {})
      resolve(connection)
    }
    connection.call('live', { lockName }, { onProgress }).catch(reject)
  })
  return { ready, end }
}
