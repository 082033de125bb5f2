/**
 * The analysis as the page sees it: a worker that is started by the first call, and replaced by the next one after it died.
 * Browsers do not tell when a worker dies, so it holds a Web Lock, whose release is noticed.
 */
import type { Problem } from '../base/problem.ts'
import { type Connection, connect } from '../base/rpc.ts'
import type { Analysis } from './analysis.ts'
import type { AnalysisCalls } from './protocol.ts'

const lost: Problem = {
  code: 'analysis-lost',
  message: 'The analysis stopped unexpectedly, perhaps for want of memory.',
  remedy: 'Try again, with a shorter recording if there is one; what is on the page is still here.',
}
const closed: Problem = { code: 'analysis-closed', message: 'The analysis was closed.' }

type Life = { readonly connection: Connection<AnalysisCalls>; end(problem: Problem): void }

const spawnWorker = () =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'analysis' })

/** Calls under way when the worker dies reject with `analysis-lost`. */
export function connectAnalysis(createWorker: () => Worker = spawnWorker): Analysis {
  let life: Life | undefined
  let isClosed = false

  function connection(): Connection<AnalysisCalls> {
    if (!life) {
      const started = startLife(createWorker(), () => {
        if (life === started) life = undefined
      })
      if (isClosed) started.end(closed)
      else life = started
      return started.connection
    }
    return life.connection
  }

  return {
    identify: (file) => connection().call('identify', file),
    openMel: (input) => connection().call('openMel', input),
    decodeWav: (file) => connection().call('decodeWav', file),
    analyse: (input) => connection().call('analyse', input),
    spectrogram: (audio) => connection().call('spectrogram', audio),
    griffinLim: (input, options) => connection().call('griffinLim', input, options),
    compare: (input, options) => connection().call('compare', input, options),
    melError: (input) => connection().call('melError', input),
    loudnessLufs: (audio) => connection().call('loudnessLufs', audio),
    encodeWav: (input) => connection().call('encodeWav', input),
    encodeMel: (mel) => connection().call('encodeMel', mel),
    dispose() {
      isClosed = true
      life?.end(closed)
      life = undefined
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
  const onProgress = () => {
    navigator.locks.request(lockName, { signal: lockRequest.signal }, die).catch(() => {})
  }
  connection.call('live', { lockName }, { onProgress }).catch(() => {})
  return { connection, end }
}
