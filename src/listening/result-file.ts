/** The result of a listening test as a file that opens again: everything that was heard and answered, and a digest of it. */
import type { TestSession } from './test-session.ts'

/** The session as JSON, with its figures for other programs to read, and a SHA-256 that tells whether it was changed. */
export async function writeResult(_session: TestSession): Promise<string> {
  throw new Error('not yet')
}

/**
 * The session that `text` holds, checked; its figures are to be computed again. `notes` are sentences for the one who opened it: that
 * the file was changed since it was written.
 *
 * Rejects with `result-not-one` for anything else than a result, `result-version` for one of another version,
 * `result-inconsistent` where its parts contradict each other.
 */
export async function readResult(
  _text: string,
  _fileName: string,
): Promise<{ readonly session: TestSession; readonly notes: readonly string[] }> {
  throw new Error('not yet')
}
