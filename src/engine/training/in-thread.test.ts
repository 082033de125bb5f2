import { baseUrl, serveFiles } from '../testing/file-server.ts'
import { createMemoryStore } from './checkpoint-store.ts'
import { InThreadTrainer } from './in-thread.ts'
import { memoryShelf, tinyAndShipped } from './testing/tiny-training.ts'
import { trainingEngineContract } from './training-engine.contract.ts'

trainingEngineContract({
  name: 'in-thread trainer on wasm, with a tiny model',
  create: () =>
    new InThreadTrainer({
      baseUrl,
      fetch: serveFiles(tinyAndShipped),
      backend: 'wasm',
      shelf: memoryShelf(),
      stores: { memory: createMemoryStore() },
    }),
})
