/** JSON from files, which may hold anything. */
import { type BaseIssue, getDotPath } from 'valibot'

type Parsed = { readonly value: Readonly<Record<string, unknown>> } | { readonly reason: string }

/** The object that `text` holds, or why there is none, in words. */
export function parseJsonObject(text: string, maxCharacters: number): Parsed {
  if (text.trim() === '') return { reason: 'an empty file' }
  if (text.length > maxCharacters) return { reason: `${(text.length / 1e6).toFixed(1)} MB of text` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { reason: 'no JSON' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { reason: 'JSON of something else' }
  return { value: { ...value } }
}

/** Where in a file what is wrong: "clips.0.kind: Invalid type …". */
export function issueText(issue: BaseIssue<unknown>): string {
  const path = getDotPath(issue)
  const message = issue.message.length > 200 ? `${issue.message.slice(0, 200)}…` : issue.message
  return path ? `${path.slice(0, 100)}: ${message}` : message
}
