/** Checks the files of one import in a worker of its own, because unpacking and hashing them can take seconds. */
import { type Port, serve } from '../../worker/rpc.ts'
import type { ImportCalls } from './import-in-worker.ts'
import { importModel } from './user-model-files.ts'

// The page's DOM types describe `self` as a window; only the three methods of a port are used.
serve<ImportCalls>(self as Port, { import: ({ files }) => importModel(files) })
