/**
 * Serves the vocoder in its worker: passes calls to the in-thread engine and sends heartbeats. The page ends the worker
 * with `terminate`, and starts another when the graphics device is lost.
 */

import { afterStart } from '../worker/after-start.ts'
import { Heartbeat } from '../worker/heartbeat.ts'
import { type Port, serve } from '../worker/rpc.ts'
import { wasmPaths } from './backends/wasm-binaries.ts'
import { createEngine } from './in-thread.ts'
import { UserModelDatabase } from './models/user-model-database.ts'
import type { EngineCalls } from './protocol.ts'
import type { VocoderEngine } from './vocoder-engine.ts'

/** Answers calls for as long as the worker lives. */
export function serveVocoder(): void {
  const heartbeat = new Heartbeat()
  let engine: VocoderEngine | undefined

  // The page's DOM types describe `self` as a window; only the three methods of a port are used.
  serve<EngineCalls>(self as Port, {
    watch: heartbeat.watch,
    start({ backend, ...options }) {
      if (!engine) {
        engine = createEngine({ ...options, wasmPaths, userModels: new UserModelDatabase() })
        engine.onEvent((event) => {
          if (event.kind === 'failed') heartbeat.fail(event.reason)
        })
      }
      return engine.start({ backend })
    },
    listModels: async () => afterStart(engine).listModels(),
    loadModel: async ({ modelId }, context) => afterStart(engine).loadModel(modelId, context),
    pitch: async (request, context) => afterStart(engine).pitch(request, context),
    synthesize: async (request, context) => afterStart(engine).synthesize(request, context),
    stream: async (request, { signal, onProgress }) =>
      afterStart(engine).stream(request, {
        signal,
        onProgress: (progress) => onProgress(progress, progress.piece ? [progress.piece.samples.buffer] : []),
      }),
    synthesizeWithoutNetwork: async (request, context) =>
      afterStart(engine).synthesizeWithoutNetwork(request, context),
  })
}
