/**
 * Keeps a test while it goes on: one write after the other, in the order of the answers, behind the listener's back. Where
 * nothing can be kept that is said once, and the test goes on.
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
  /** Takes the place of what was kept. */
  keepNew(session: TestSession, audio: ReadonlyMap<string, Audio>): void
  keep(session: TestSession): void
  /** Of a test that is over, finished or stopped. */
  keepOver(session: TestSession): void
  forget(): Promise<void>
  /** What an earlier visit left; where it cannot be read, it is removed and that is said. */
  find(): Promise<SavedSession | undefined>
  /** The session that `find` gave, with its audio. Rejects with `kept-test-damaged`. */
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
  /** What the next write takes: answers that come faster than the disk are written together. */
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
