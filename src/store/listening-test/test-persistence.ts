/**
 * Stores a running test in the background, one write after the other, in the order of the answers. If nothing can be
 * stored, the user is told once and the test continues.
 */
import type { Analysis, Audio } from '../../analysis/analysis.ts'
import { toProblem } from '../../base/problem.ts'
import type { TestSession } from '../../listening/test-session.ts'
import type { OpenFileStore } from '../../storage/file-store.ts'
import {
  keepAudio,
  keepOnlySession,
  keepSession,
  readKeptAudio,
  readSavedSession,
  type SavedSession,
} from './saved-test-file.ts'

export type TestKeeper = {
  /** Stores a new test in place of the previous one. */
  keepNew(session: TestSession, audio: ReadonlyMap<string, Audio>): void
  keep(session: TestSession): void
  /** Stores a test that is over, whether finished or stopped. */
  keepOver(session: TestSession): void
  forget(): Promise<void>
  /** Returns the test of an earlier visit; one that cannot be read is removed with a note. */
  find(): Promise<SavedSession | undefined>
  /** Returns the session that `find` returned, with its audio. Rejects with `kept-test-damaged`. */
  resume(): Promise<{ readonly session: TestSession; readonly audio: ReadonlyMap<string, Audio> }>
}

const onlyMemory = 'This browser keeps no files for the page: a reload would lose the listening test.'
const unreadable = 'A listening test was kept here, but it can no longer be read; it was removed.'

export function createTestKeeper(
  open: OpenFileStore,
  analysis: Pick<Analysis, 'sha256'>,
  onNote: (note: string) => void,
): TestKeeper {
  const files = open('listening-test')
  let writing: Promise<void> = Promise.resolve()
  let isKept = true
  /** The session for the next write: answers that arrive faster than the disk can write are combined. */
  let newest: TestSession | undefined

  function write(act: () => Promise<void>): Promise<void> {
    writing = writing.then(async () => {
      if (!isKept) return
      try {
        await act()
      } catch (thrown) {
        isKept = false
        onNote(
          `The listening test goes on, but is not kept: a reload would lose it. ${toProblem(thrown).message}`,
        )
      }
    })
    return writing
  }

  return {
    keepNew(session, audio) {
      isKept = true
      newest = undefined
      void write(async () => {
        await keepAudio(files, audio)
        await keepSession(files, session)
        if (files.keptIn === 'memory') onNote(onlyMemory)
      })
    },
    keep(session) {
      const isAwaited = newest !== undefined
      newest = session
      if (isAwaited) return
      void write(async () => {
        const taken = newest
        newest = undefined
        if (taken) await keepSession(files, taken)
      })
    },
    keepOver(session) {
      newest = undefined
      void write(async () => {
        await keepSession(files, session)
        await keepOnlySession(files, session)
      })
    },
    forget() {
      isKept = true
      newest = undefined
      return write(() => files.clear())
    },
    async find() {
      try {
        return await readSavedSession(files)
      } catch {
        onNote(unreadable)
        await files.clear().catch(() => {})
        return undefined
      }
    },
    async resume() {
      await writing
      const found = await readSavedSession(files)
      if (!found) throw new Error('no test is kept')
      return { session: found.session, audio: await readKeptAudio(files, found.session.stimuli, analysis) }
    },
  }
}
