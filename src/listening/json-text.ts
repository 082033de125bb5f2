/** Parsing of JSON from files with arbitrary content. */
import { type BaseIssue, getDotPath } from 'valibot'

type Parsed = { readonly value: Readonly<Record<string, unknown>> } | { readonly reason: string }

/** Returns the object in `text`, or the reason why there is none. */
export function parseJsonObject(text: string, maxCharacters: number): Parsed {
  if (text.trim() === '') return { reason: 'an empty file' }
  if (text.length > maxCharacters) return { reason: `${(text.length / 1e6).toFixed(1)} MB of text` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { reason: 'text that is not JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { reason: 'JSON of another kind' }
  return { value: { ...value } }
}

/** The position and description of an issue in a file: "clips.0.kind: Invalid type …". */
export function issueText(issue: BaseIssue<unknown>): string {
  const path = getDotPath(issue)
  const message = issue.message.length > 200 ? `${issue.message.slice(0, 200)}…` : issue.message
  return path ? `${path.slice(0, 100)}: ${message}` : message
}
