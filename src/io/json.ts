/**
 * JSON from untrusted files. `JSON.parse` keeps the last of two equal keys, has no depth limit and reports errors
 * differently in every browser. A scan of the text first finds what it would accept silently or could not explain.
 */
import { fetchAgain, quoted, type Refuse } from './refusal.ts'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  /** Keys come from the file: read them with `Object.entries` or `Object.hasOwn`, never by inheritance. */
  | { [key: string]: JsonValue }

export type JsonObject = Exclude<JsonValue, null | boolean | number | string | JsonValue[]>

/** Deeper than any legitimate file, and far below the depth at which a parser overflows the stack. */
const maxDepth = 64

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Refuses with `json-deep`, `json-duplicate-key`, `json-nan`, `json-truncated` or `json-invalid`. */
export function parseJson(text: string, refuse: Refuse): JsonValue {
  scan(text, refuse)
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch (error) {
    return refuse(
      'json-invalid',
      'is not valid JSON',
      {
        found: error instanceof Error ? quoted(error.message, 120) : undefined,
        remedy: 'Write the file again with a JSON library, such as json.dump in Python.',
      },
      error,
    )
  }
}

/** Python's json module writes these for numbers that JSON lacks. No word of valid JSON begins with one of them. */
const notANumber = /-?(?:NaN|Infinity)/y

const quote = 0x22
const minus = 0x2d
const backslash = 0x5c

/** Takes one step per character and does not recurse, so neither depth nor length can exhaust it. */
function scan(text: string, refuse: Refuse): void {
  const open: (Set<string> | 'array')[] = []
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case quote: {
        const end = endOfString(text, at)
        if (end > text.length) refuseTruncated(refuse)
        const keys = open.at(-1)
        if (keys instanceof Set && isKey(text, end)) noteKey(text.slice(at, end), keys, refuse)
        at = end - 1
        break
      }
      case 0x5b: // [
      case 0x7b: // {
        if (open.length === maxDepth) {
          refuse('json-deep', `is nested more than ${maxDepth} levels deep`, {
            accepted: `at most ${maxDepth} levels`,
          })
        }
        open.push(text[at] === '[' ? 'array' : new Set())
        break
      case 0x5d: // ]
      case 0x7d: // }
        open.pop()
        break
      case minus:
      case 0x49: // I
      case 0x4e: // N
        refuseNotANumber(text, at, refuse)
        break
    }
  }
  if (open.length > 0) refuseTruncated(refuse)
}

/** Returns the index after the closing quote, or one beyond the end of the text if there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === backslash) at++
  }
  return text.length + 1
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (' \t\r\n'.includes(text.charAt(at)) && at < text.length) at++
  return text[at] === ':'
}

function refuseNotANumber(text: string, at: number, refuse: Refuse): void {
  notANumber.lastIndex = at
  const found = notANumber.exec(text)?.[0]
  if (found === undefined) return
  refuse('json-nan', `contains ${found}, which is not a JSON number`, {
    found: `${found} at character ${at + 1}`,
    accepted: 'finite numbers',
    remedy: 'Replace NaN and infinities before writing the file, for instance with numpy.nan_to_num.',
  })
}

function noteKey(literal: string, keys: Set<string>, refuse: Refuse): void {
  const key = literal.includes('\\') ? unescaped(literal) : literal.slice(1, -1)
  if (keys.has(key)) {
    refuse('json-duplicate-key', `names ${quoted(key)} twice`, { accepted: 'every key once' })
  }
  keys.add(key)
}

/** Leaves invalid escapes for `JSON.parse` to report. */
function unescaped(literal: string): string {
  try {
    return String(JSON.parse(literal))
  } catch {
    return literal
  }
}

function refuseTruncated(refuse: Refuse): never {
  return refuse('json-truncated', 'ends in the middle of its JSON', {
    remedy: fetchAgain,
  })
}
