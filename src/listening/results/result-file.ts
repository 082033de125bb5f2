/** The result of a listening test as a file that opens again: everything that was heard and answered, and a digest of it. */
import { safeParse } from 'valibot'
import { ProblemError } from '../../base/problem.ts'
import { sha256Of } from '../../base/sha256.ts'
import { canonicalJson } from '../canonical-json.ts'
import { issueText, parseJsonObject } from '../json-text.ts'
import type { TestSession } from '../test-session.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { sessionSchema } from './session-schema.ts'
import { validateSession } from './validate-session.ts'

const format = 'listening-result'
const version = 1
/** 2,000 trials with their stimuli stay well below. */
const maxCharacters = 8_000_000
const accepted = 'a result of a listening test, version 1, as this page exports it (JSON)'

type ResultFile = {
  readonly format: typeof format
  readonly version: typeof version
  readonly session: TestSession
  /** For other programs to read; this page computes them again. */
  readonly outcome: Outcome
}

/** The session as JSON, with its figures for other programs to read, and a SHA-256 that tells whether it was changed. */
export async function writeResult(session: TestSession): Promise<string> {
  const file: ResultFile = { format, version, session, outcome: outcomeOf(session) }
  return `${JSON.stringify({ ...file, sha256: await digestOf(file) }, null, 2)}\n`
}

/** Of the canonical JSON of everything but the digest itself. */
function digestOf(file: Readonly<Record<string, unknown>>): Promise<string> {
  return sha256Of(new TextEncoder().encode(canonicalJson({ ...file, sha256: undefined })))
}

/**
 * The session that `text` holds, checked; its figures are to be computed again. `notes` are sentences for the one who opened it: that
 * the file was changed since it was written.
 *
 * Rejects with `result-not-one` for anything else than a result, `result-version` for one of another version,
 * `result-inconsistent` where its parts contradict each other.
 */
export async function readResult(
  text: string,
  fileName: string,
): Promise<{ readonly session: TestSession; readonly notes: readonly string[] }> {
  const json = parseJsonObject(text, maxCharacters)
  if ('reason' in json) throw notOne(fileName, json.reason)
  const { value } = json
  if (value.format !== format) throw notOne(fileName, 'JSON of something else')
  if (value.version !== version) throw otherVersion(fileName, value.version)
  const parsed = safeParse(sessionSchema, value.session)
  if (!parsed.success) throw inconsistent(fileName, issueText(parsed.issues[0]))
  const contradiction = validateSession(parsed.output)
  if (contradiction) throw inconsistent(fileName, contradiction)
  return { session: parsed.output, notes: await notesOn(value, fileName) }
}

async function notesOn(
  file: Readonly<Record<string, unknown>>,
  fileName: string,
): Promise<readonly string[]> {
  if (!globalThis.crypto?.subtle)
    return [`Whether ${fileName} was changed since it was written cannot be checked at an insecure address.`]
  const changed = [
    `${fileName} was changed since it was written: its digest does not fit. Its figures are computed from the answers in it.`,
  ]
  try {
    return file.sha256 === (await digestOf(file)) ? [] : changed
  } catch (thrown) {
    // What nests too deep for a digest was not written by this page.
    if (thrown instanceof RangeError) return changed
    throw thrown
  }
}

function notOne(file: string, found: string): ProblemError {
  return new ProblemError({
    code: 'result-not-one',
    message: `${file} is no result of a listening test.`,
    found,
    accepted,
    remedy: 'Choose a JSON file that "Export results" saved; the CSV file is for spreadsheets alone.',
    file,
  })
}

function otherVersion(file: string, found: unknown): ProblemError {
  const newer = typeof found === 'number' && found > version
  return new ProblemError({
    code: 'result-version',
    message: `${file} is a result of ${newer ? 'a newer' : 'another'} version.`,
    found: `version ${typeof found === 'number' ? found : 'unknown'}`,
    accepted,
    remedy: newer
      ? 'Reload this page to have its newest version, or open the file in the page that wrote it.'
      : 'Open the file in the page that wrote it.',
    file,
  })
}

function inconsistent(file: string, found: string): ProblemError {
  return new ProblemError({
    code: 'result-inconsistent',
    message: `${file} contradicts itself or holds what no result does.`,
    found,
    accepted: 'a result as it was exported',
    remedy: 'Export it again where it was made; if it was edited, undo that.',
    file,
  })
}
