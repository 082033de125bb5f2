/**
 * Stores a running test in the background, one write after the other, in the order of the answers. If nothing can be
 * stored, the user is told once and the test continues.
 */
import type { Analysis, Audio } from '../../analysis/analysis.ts'
import { toProblem } from '../../base/problem.ts'
import type { TestSession } from '../../listening/test-session.ts'
import type { OpenFileStore } from '../../storage/file-store.ts'
import {
  readSavedAudio,
  readSavedSession,
  removeAllButSession,
  type SavedSession,
  saveAudio,
  saveSession,
} from './saved-test-file.ts'

export type TestPersistence = {
  /** Stores a new test in place of the previous one. */
  saveNew(session: TestSession, audio: ReadonlyMap<string, Audio>): void
  save(session: TestSession): void
  /** Stores a test that is over, whether finished or stopped. */
  saveOver(session: TestSession): void
  forget(): Promise<void>
  /** Returns the test of an earlier visit; one that cannot be read is removed with a note. */
  find(): Promise<SavedSession | undefined>
  /** Returns the session that `find` returned, with its audio. Rejects with `saved-test-damaged`. */
  resume(): Promise<{ readonly session: TestSession; readonly audio: ReadonlyMap<string, Audio> }>
}

const onlyMemory = 'This browser stores no files for the page, so a reload would lose the listening test.'
const unreadable = 'A listening test was saved here, but it can no longer be read, so it was removed.'

export function createTestPersistence(
  open: OpenFileStore,
  analysis: Pick<Analysis, 'sha256'>,
  onNote: (note: string) => void,
): TestPersistence {
  const files = open('listening-test')
  let writing: Promise<void> = Promise.resolve()
  let canSave = true
  /** The session for the next write: answers that arrive faster than the disk can write are combined. */
  let newest: TestSession | undefined

  function write(act: () => Promise<void>): Promise<void> {
    writing = writing.then(async () => {
      if (!canSave) return
      try {
        await act()
      } catch (thrown) {
        canSave = false
        onNote(
          `The listening test continues, but it cannot be saved, so a reload would lose it. ${toProblem(thrown).message}`,
        )
      }
    })
    return writing
  }

  return {
    saveNew(session, audio) {
      canSave = true
      newest = undefined
      void write(async () => {
        await saveAudio(files, audio)
        await saveSession(files, session)
        if (files.keptIn === 'memory') onNote(onlyMemory)
      })
    },
    save(session) {
      const isAwaited = newest !== undefined
      newest = session
      if (isAwaited) return
      void write(async () => {
        const taken = newest
        newest = undefined
        if (taken) await saveSession(files, taken)
      })
    },
    saveOver(session) {
      newest = undefined
      void write(async () => {
        await saveSession(files, session)
        await removeAllButSession(files, session)
      })
    },
    forget() {
      canSave = true
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
      if (!found) throw new Error('no test is saved')
      return { session: found.session, audio: await readSavedAudio(files, found.session.stimuli, analysis) }
    },
  }
}
