/**
 * The vocoder's worker: adapts calls to the in-thread engine and gives signs of life. It is ended from outside, by
 * `terminate`, and never outlives a lost device: the page then starts another.
 */
import { ProblemError } from '../base/problem.ts'
import { type Port, serve } from '../base/rpc.ts'
import { createEngine } from './in-thread.ts'
import type { EngineCalls, WorkerSign } from './protocol.ts'
import type { VocoderEngine } from './vocoder-engine.ts'
import { wasmPaths } from './wasm-binaries.ts'

const heartbeatMilliseconds = 1000

let engine: VocoderEngine | undefined
let tell: (sign: WorkerSign) => void = () => {}

function started(): VocoderEngine {
  if (engine) return engine
  throw new ProblemError({
    code: 'engine-not-started',
    message: 'The engine was called before it was started.',
  })
}

// The page's DOM library describes `self` as a window; only these three methods are used.
serve<EngineCalls>(self as Port, {
  watch({ lockName }, { onProgress }) {
    tell = onProgress
    setInterval(() => tell({ kind: 'heartbeat' }), heartbeatMilliseconds)
    const forever = new Promise<never>(() => {})
    // Not in every browser, nor on insecure pages, and refused where storage is blocked; heartbeats are then the only sign.
    navigator.locks
      ?.request(lockName, () => {
        tell({ kind: 'locked' })
        return forever
      })
      .catch(() => {})
    return forever
  },
  start({ backend, ...options }) {
    if (!engine) {
      engine = createEngine({ ...options, wasmPaths })
      engine.onEvent((event) => tell({ kind: 'event', event }))
    }
    return engine.start({ backend })
  },
  listModels: async () => started().listModels(),
  loadModel: async ({ modelId }, context) => started().loadModel(modelId, context),
  synthesize: async (request, context) => started().synthesize(request, context),
})
