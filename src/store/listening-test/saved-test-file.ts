/**
 * A test in the file store: the session as a result file, rewritten after every answer, and the samples of its stimuli,
 * written once under their hashes. Stored files are validated like any other file when they are read.
 */
import type { Analysis, Audio } from '../../analysis/analysis.ts'
import { importChunk } from '../../base/import-chunk.ts'
import { ProblemError } from '../../base/problem.ts'
import type { Stimulus, TestSession } from '../../listening/test-session.ts'
import type { FileStore } from '../../storage/file-store.ts'

const sessionName = 'session.json'
/**
 * Marker file of a session whose result was shown before its end: it must not continue, because it is no longer blind.
 */
const stoppedName = 'stopped'
const resultFormat = () => importChunk(import('../../listening/results/result-file.ts'))
const audioName = (sha256: string) => `${sha256}.f32`

export async function saveSession(files: FileStore, session: TestSession): Promise<void> {
  const { writeResult } = await resultFormat()
  await files.write(sessionName, new TextEncoder().encode(await writeResult(session)))
}

/** Stores the audio. Empties the folder first, so that only the newest test is stored. */
export async function saveAudio(files: FileStore, audio: ReadonlyMap<string, Audio>): Promise<void> {
  await files.clear()
  for (const [sha256, { samples }] of audio) {
    await files.write(
      audioName(sha256),
      new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
    )
  }
}

/** Deletes everything except the session of a test that is over, whether finished or stopped. */
export async function removeAllButSession(files: FileStore, session: TestSession): Promise<void> {
  if (session.finishedAt === undefined) await files.write(stoppedName, new Uint8Array(1))
  for (const name of await files.names())
    if (name !== sessionName && name !== stoppedName) await files.remove(name)
}

export type SavedSession = { readonly session: TestSession; readonly isOver: boolean }

/** Resolves to undefined if no session is stored. Rejects if the stored data is not a valid session. */
export async function readSavedSession(files: FileStore): Promise<SavedSession | undefined> {
  const names = await files.names()
  const blob = names.includes(sessionName) ? await files.read(sessionName) : undefined
  if (!blob) return undefined
  const { readResult } = await resultFormat()
  const { session } = await readResult(await blob.text(), 'the saved test')
  return { session, isOver: session.finishedAt !== undefined || names.includes(stoppedName) }
}

/** Returns the audio by SHA-256. Rejects with `saved-test-damaged` if files are missing or differ from the original. */
export async function readSavedAudio(
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
    code: 'saved-test-damaged',
    message: 'Some audio of the saved test is missing, so the test cannot continue.',
    remedy: 'Discard it and start the test again.',
  })
}
