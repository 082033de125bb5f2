/**
 * Serves the trainer in its worker: passes calls to the in-thread trainer, stores its checkpoints on the disk, and
 * sends heartbeats. The page ends the worker with `terminate`, and starts another when the graphics device is lost.
 */

// Only the trainer needs the gradients of tfjs's own operations.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { afterStart } from '../../worker/after-start.ts'
import { Heartbeat } from '../../worker/heartbeat.ts'
import { type Port, serve } from '../../worker/rpc.ts'
import { wasmPaths } from '../backends/wasm-binaries.ts'
import { UserModelDatabase } from '../models/user-model-database.ts'
import { type CheckpointStore, createMemoryStore } from './checkpoints/checkpoint-store.ts'
import { createDiskStore } from './checkpoints/disk-store.ts'
import { InThreadTrainer, type TrainerOptions } from './in-thread.ts'
import type { TrainerCalls, TrainerMessage } from './protocol.ts'

/** The parts that tests replace. */
export type ServingOptions = Pick<TrainerOptions, 'fetch' | 'checkpointEvery'> & {
  readonly disk?: CheckpointStore
}

/** Answers calls for as long as the worker lives. */
export function serveTrainer({ disk = createDiskStore(), ...replaced }: ServingOptions = {}): void {
  const heartbeat = new Heartbeat()
  let trainer: InThreadTrainer | undefined
  let tell: (message: TrainerMessage) => void = () => {}
  let release: (() => void) | undefined

  /** Checkpoints in the page's memory, which outlives this worker. */
  const pageMemory: CheckpointStore = {
    ...createMemoryStore(),
    async save(session, _, checkpoint) {
      tell({ kind: 'keep', session, checkpoint })
    },
    async remove(sessionId) {
      tell({ kind: 'forget', sessionId })
    },
  }

  // The page's DOM types describe `self` as a window; only the three methods of a port are used.
  serve<TrainerCalls>(self as Port, {
    watch: heartbeat.watch,
    start(options) {
      trainer ??= new InThreadTrainer({
        ...options,
        ...replaced,
        wasmPaths,
        userModels: new UserModelDatabase(),
        stores: { disk, memory: pageMemory },
      })
      return trainer.begin((reason) => heartbeat.fail(reason))
    },
    run(job, { onProgress }) {
      tell = onProgress
      return afterStart(trainer).run(job, { onEvent: (event) => tell({ kind: 'event', event }) })
    },
    async command(command) {
      if (command === 'hold') release ??= afterStart(trainer).hold()
      else if (command === 'release') {
        release?.()
        release = undefined
      } else afterStart(trainer)[command]()
      return null
    },
    checkpointFile: async ({ sessionId }) => afterStart(trainer).checkpointFile(sessionId),
  })
}
