/** Saves the result of a listening test as a file that can be opened again: all stimuli, all answers, and a digest. */
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
/** 2,000 trials with their stimuli are well below this. */
const maxCharacters = 8_000_000
const accepted = 'a result of a listening test, version 1, exported by this page (JSON)'

type ResultFile = {
  readonly format: typeof format
  readonly version: typeof version
  readonly session: TestSession
  /** The figures are for other programs; this page recomputes them. */
  readonly outcome: Outcome
}

/** Returns the session as JSON, with its figures for other programs, and a SHA-256 that detects changes. */
export async function writeResult(session: TestSession): Promise<string> {
  const file: ResultFile = { format, version, session, outcome: outcomeOf(session) }
  return `${JSON.stringify({ ...file, sha256: await digestOf(file) }, null, 2)}\n`
}

/** Digest of the canonical JSON of everything except the digest itself. */
function digestOf(file: Readonly<Record<string, unknown>>): Promise<string> {
  return sha256Of(new TextEncoder().encode(canonicalJson({ ...file, sha256: undefined })))
}

/**
 * Reads and validates the session in `text`; the caller recomputes its figures. `notes` are sentences for the user, who
 * should know if the file was changed after it was saved.
 *
 * Rejects with `result-not-one` for anything but a result, `result-version` for another version, `result-inconsistent`
 * if its parts contradict each other.
 */
export async function readResult(
  text: string,
  fileName: string,
): Promise<{ readonly session: TestSession; readonly notes: readonly string[] }> {
  const json = parseJsonObject(text, maxCharacters)
  if ('reason' in json) throw notOne(fileName, json.reason)
  const { value } = json
  if (value.format !== format) throw notOne(fileName, 'JSON of another kind')
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
    return [
      `This address is not secure, so the page cannot check whether ${fileName} was changed after it was saved.`,
    ]
  const changed = [
    `${fileName} was changed after it was saved: its digest does not match. The figures are computed from its answers.`,
  ]
  try {
    return file.sha256 === (await digestOf(file)) ? [] : changed
  } catch (thrown) {
    // This page writes nothing that nests too deeply for a digest.
    if (thrown instanceof RangeError) return changed
    throw thrown
  }
}

function notOne(file: string, found: string): ProblemError {
  return new ProblemError({
    code: 'result-not-one',
    message: `${file} is not a result of a listening test.`,
    found,
    accepted,
    remedy: 'Choose a JSON file saved with "Export results"; the CSV file is only for spreadsheets.',
    file,
  })
}

function otherVersion(file: string, found: unknown): ProblemError {
  const newer = typeof found === 'number' && found > version
  return new ProblemError({
    code: 'result-version',
    message: `${file} is a result of ${newer ? 'a newer' : 'an unsupported'} version.`,
    found: `version ${typeof found === 'number' ? found : 'unknown'}`,
    accepted,
    remedy: newer
      ? 'Reload this page to get its latest version, or open the file in the page that saved it.'
      : 'Open the file in the page that saved it.',
    file,
  })
}

function inconsistent(file: string, found: string): ProblemError {
  return new ProblemError({
    code: 'result-inconsistent',
    message: `${file} is inconsistent or contains invalid values.`,
    found,
    accepted: 'an unmodified result',
    remedy: 'Export it again from the page that made it; if it was edited, undo the edit.',
    file,
  })
}
