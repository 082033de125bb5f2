/** Imports a model in a worker that lives as long as the import. */
import { type Problem, ProblemError } from '../../base/problem.ts'
import { connect } from '../../worker/rpc.ts'
import { trustOwnWorkers } from '../../worker/trusted-worker-urls.ts'
import type { UserModelFiles } from './user-model-files.ts'
import type { ModelFile } from './user-models.ts'

export type ImportCalls = {
  import: { payload: { readonly files: readonly ModelFile[] }; reply: UserModelFiles; progress: never }
}

const lost: Problem = {
  code: 'import-lost',
  message: 'The import stopped unexpectedly, perhaps because memory ran out.',
  remedy: 'Close other pages and try again.',
}

/** Rejects as `importModel` does, and with `import-lost` if the worker fails. */
export async function importInWorker(files: readonly ModelFile[]): Promise<UserModelFiles> {
  trustOwnWorkers()
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
    type: 'module',
    name: 'import',
  })
  const connection = connect<ImportCalls>(worker)
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) =>
      reject(new ProblemError(lost, { cause: new Error(message) })),
    )
  })
  try {
    return await Promise.race([connection.call('import', { files }), failed])
  } finally {
    worker.terminate()
  }
}
