/** An IndexedDB database that several tabs, and later versions of the page, share. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { ProblemError } from '../base/problem.ts'

export type DatabaseDescription<Schema extends DBSchema> = {
  readonly name: string
  readonly version: number
  /** Creates the object stores. */
  readonly create: (database: IDBPDatabase<Schema>) => void
}

/** Long enough for a tab that has just been told to close its connection and still has a transaction to finish. */
const blockedMilliseconds = 5000

/**
 * Returns a function that opens the database at its first call and then returns the same connection. The connection is
 * closed when another tab needs a newer version or deletes the database, and opened again on demand. Rejects with
 * `page-outdated` if the database has a newer version, with `storage-blocked` if a tab does not close its connection,
 * and otherwise with the browser's error.
 */
export function sharedDatabase<Schema extends DBSchema>({
  name,
  version,
  create,
}: DatabaseDescription<Schema>): () => Promise<IDBPDatabase<Schema>> {
  let opening: Promise<IDBPDatabase<Schema>> | undefined

  function open(): Promise<IDBPDatabase<Schema>> {
    let waiting: ReturnType<typeof setTimeout> | undefined
    const forget = () => {
      opening = undefined
    }
    return new Promise<IDBPDatabase<Schema>>((resolve, reject) => {
      const opened = openDB<Schema>(name, version, {
        upgrade: create,
        blocked() {
          waiting = setTimeout(() => reject(storageBlocked()), blockedMilliseconds)
        },
        blocking() {
          forget()
          void opened.then((database) => database.close())
        },
        terminated: forget,
      })
      opened.then(resolve, (thrown) => reject(isVersionError(thrown) ? pageOutdated(thrown) : thrown))
    })
      .catch((thrown: unknown) => {
        forget()
        throw thrown
      })
      .finally(() => clearTimeout(waiting))
  }

  return () => {
    opening ??= open()
    return opening
  }
}

const isVersionError = (thrown: unknown) => thrown instanceof DOMException && thrown.name === 'VersionError'

function pageOutdated(cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'page-outdated',
      message: 'A newer version of this page has changed the storage of this browser.',
      remedy: 'Download the results that you want to keep, and reload the page.',
    },
    { cause },
  )
}

function storageBlocked(): ProblemError {
  return new ProblemError({
    code: 'storage-blocked',
    message: 'Another tab with an older version of this page blocks the storage of this browser.',
    remedy: 'Close the other tabs of this page, and try again.',
  })
}
