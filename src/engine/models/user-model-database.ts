/**
 * The user's models in IndexedDB, shared by the page and its workers. Weights have their own store, so lists do not
 * read them.
 */
import type { DBSchema } from 'idb'
import { ProblemError } from '../../base/problem.ts'
import { isQuotaExceeded, storageFull } from '../../base/storage-full.ts'
import { sharedDatabase } from '../shared-database.ts'
import type { UserModelFiles } from './user-model-files.ts'
import type { ModelFile, UserModel, UserModels } from './user-models.ts'

export type UserModelEntry = Omit<UserModelFiles, 'weights'>

interface Schema extends DBSchema {
  models: { key: string; value: UserModelEntry }
  weights: { key: string; value: Uint8Array<ArrayBuffer> }
}

/** The part of the database that the engines use. */
export interface UserModelRecords {
  /** Newest first. */
  entries(): Promise<readonly UserModelEntry[]>
  entry(id: string): Promise<UserModelEntry | undefined>
  weights(id: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** Rejects with `storage-full`, or with `user-models-unavailable` if the browser refuses storage. */
  put(files: UserModelFiles): Promise<void>
}

const databaseName = 'vocoder-models'
const weightsFile = 'model.safetensors'

/** Opens nothing before the first call. If the browser refuses storage, `list` is empty. */
export class UserModelDatabase implements UserModels, UserModelRecords {
  readonly #database = sharedDatabase<Schema>({
    name: databaseName,
    version: 1,
    create(created) {
      created.createObjectStore('models', { keyPath: 'model.id' })
      created.createObjectStore('weights')
    },
  })

  async entries(): Promise<readonly UserModelEntry[]> {
    const entries = await (await this.#database()).getAll('models')
    return entries.toSorted(({ model: a }, { model: b }) => (a.createdAt < b.createdAt ? 1 : -1))
  }

  async entry(id: string): Promise<UserModelEntry | undefined> {
    return (await this.#database()).get('models', id)
  }

  async weights(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return (await this.#database()).get('weights', id)
  }

  async put({ weights, ...entry }: UserModelFiles): Promise<void> {
    const { id } = entry.model
    try {
      const db = await this.#database()
      const writing = db.transaction(['models', 'weights'], 'readwrite', { durability: 'strict' })
      await Promise.all([
        writing.objectStore('weights').put(weights, id),
        writing.objectStore('models').put({ ...entry }),
        writing.done,
      ])
    } catch (thrown) {
      throw await asProblem(thrown, weights.length)
    }
  }

  async list(): Promise<readonly UserModel[]> {
    return (await this.entries().catch(() => [])).map(({ model }) => model)
  }

  async rename(id: string, name: string): Promise<void> {
    const { cleanName } = await import('./user-model-files.ts')
    const clean = cleanName(name)
    const { model, config } = await this.#known(id)
    await (await this.#database()).put('models', {
      model: { ...model, name: clean },
      config: { ...config, name: clean },
    })
  }

  async remove(id: string): Promise<void> {
    const removing = (await this.#database()).transaction(['models', 'weights'], 'readwrite')
    await Promise.all([
      removing.objectStore('models').delete(id),
      removing.objectStore('weights').delete(id),
      removing.done,
    ])
  }

  async files(id: string): Promise<readonly [weights: ModelFile, config: ModelFile]> {
    const { config } = await this.#known(id)
    const weights = await this.weights(id)
    if (!weights) throw gone(id)
    const text = new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)
    return [
      { name: weightsFile, bytes: weights },
      { name: 'config.json', bytes: text },
    ]
  }

  async zip(id: string): Promise<ModelFile> {
    const { zipModel } = await import('./user-model-files.ts')
    const { model } = await this.#known(id)
    return zipModel(model, await this.files(id))
  }

  async add(files: readonly ModelFile[]): Promise<UserModel> {
    const { importInWorker } = await import('./import-in-worker.ts')
    const stored = await importInWorker(files)
    await this.put(stored)
    return stored.model
  }

  async #known(id: string): Promise<UserModelEntry> {
    const entry = await this.entry(id)
    if (!entry) throw gone(id)
    return entry
  }
}

function gone(id: string): ProblemError {
  return new ProblemError({
    code: 'model-unknown',
    message: 'This model is no longer stored in this browser.',
    found: id,
    remedy: 'It may have been deleted in another tab. Choose another model.',
  })
}

async function asProblem(thrown: unknown, neededBytes: number): Promise<ProblemError> {
  if (thrown instanceof ProblemError) return thrown
  if (isQuotaExceeded(thrown)) {
    const remedy = 'Free some disk space, or delete models that you do not need, and try again.'
    return new ProblemError(await storageFull(neededBytes, remedy), { cause: thrown })
  }
  return new ProblemError(
    {
      code: 'user-models-unavailable',
      message: 'The browser does not let this page store data, so the model cannot be stored here.',
      remedy: 'Allow this page to store data, for instance by leaving private browsing, and try again.',
    },
    { cause: thrown },
  )
}
