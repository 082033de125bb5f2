/**
 * A test in the kept files: the session as a result file, written after every answer, and the samples that it is of, each named
 * by its hash, written once. What is read back is checked like any file.
 */
import type { Analysis, Audio } from '../../analysis/analysis.ts'
import { importChunk } from '../../base/import-chunk.ts'
import { ProblemError } from '../../base/problem.ts'
import type { Stimulus, TestSession } from '../../listening/test-session.ts'
import type { FileStore } from '../../storage/file-store.ts'

const sessionName = 'session.json'
/** Beside a session whose result was seen before its end: it cannot go on blindly. */
const stoppedName = 'stopped'
const resultFormat = () => importChunk(import('../../listening/results/result-file.ts'))
const audioName = (sha256: string) => `${sha256}.f32`

export async function keepSession(files: FileStore, session: TestSession): Promise<void> {
  const { writeResult } = await resultFormat()
  await files.write(sessionName, new TextEncoder().encode(await writeResult(session)))
}

/** Empties the folder first: of several tests only the newest is kept. */
export async function keepAudio(files: FileStore, audio: ReadonlyMap<string, Audio>): Promise<void> {
  await files.clear()
  for (const [sha256, { samples }] of audio) {
    await files.write(
      audioName(sha256),
      new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
    )
  }
}

/** Of a test that is over, finished or stopped before, only the session stays. */
export async function keepOnlySession(files: FileStore, session: TestSession): Promise<void> {
  if (session.finishedAt === undefined) await files.write(stoppedName, new Uint8Array(1))
  for (const name of await files.names())
    if (name !== sessionName && name !== stoppedName) await files.remove(name)
}

export type SavedSession = { readonly session: TestSession; readonly isOver: boolean }

/** undefined where none is kept. Rejects where what is kept is no session. */
export async function readSavedSession(files: FileStore): Promise<SavedSession | undefined> {
  const names = await files.names()
  const blob = names.includes(sessionName) ? await files.read(sessionName) : undefined
  if (!blob) return undefined
  const { readResult } = await resultFormat()
  const { session } = await readResult(await blob.text(), 'the kept test')
  return { session, isOver: session.finishedAt !== undefined || names.includes(stoppedName) }
}

/** By SHA-256. Rejects with `kept-test-damaged` where some are missing or are no longer what was heard. */
export async function readKeptAudio(
  files: FileStore,
  stimuli: readonly Stimulus[],
  analysis: Pick<Analysis, 'sha256'>,
): Promise<ReadonlyMap<string, Audio>> {
  const audio = new Map<string, Audio>()
  for (const { sha256, sampleRateHz } of stimuli) {
    if (audio.has(sha256)) continue
    const bytes = await (await files.read(audioName(sha256)))?.arrayBuffer()
    if (!bytes || bytes.byteLength === 0 || bytes.byteLength % 4 !== 0) throw damaged()
    const one = { samples: new Float32Array(bytes), sampleRateHz }
    if ((await analysis.sha256(one)) !== sha256) throw damaged()
    audio.set(sha256, one)
  }
  return audio
}

function damaged(): ProblemError {
  return new ProblemError({
    code: 'kept-test-damaged',
    message: 'The audio of the kept test is no longer all there, so it cannot go on.',
    remedy: 'Discard it and start the test again.',
  })
}
