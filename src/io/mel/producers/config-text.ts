/**
 * Reads the settings in a producer's configuration, JSON, YAML or the assignments of a Python file, as one flat map: the
 * relevant keys have the same names wherever they are nested. From YAML and Python only `key: value` and `key = value`
 * lines are read, with comments, quotes and `[lists]`. Anchors, block text and multi-line lists are skipped, since no
 * analysis setting uses them.
 */
import { isJsonObject, type JsonValue, parseJson } from '../../json.ts'
import type { Refuse } from '../../refusal.ts'

export type Setting = null | boolean | number | string | readonly number[]

export type ConfigText = {
  /** The first of equal keys wins: analysis settings precede those of losses and other extractors. */
  readonly settings: ReadonlyMap<string, Setting>
  /** Names of the objects that the settings are nested in. */
  readonly sections: ReadonlySet<string>
}

export function parseConfigText(text: string, refuse: Refuse): ConfigText {
  const settings = new Map<string, Setting>()
  const sections = new Set<string>()
  const note = (key: string, value: Setting) => {
    if (!settings.has(key)) settings.set(key, value)
  }
  if (/^\ufeff?\s*[[{]/.test(text)) noteJson(parseJson(text.replace(/^\ufeff/, ''), refuse), note, sections)
  else noteLines(text.split(/\r\n|\n|\r/), note, sections)
  return { settings, sections }
}

type Note = (key: string, value: Setting) => void

function noteJson(value: JsonValue, note: Note, sections: Set<string>): void {
  if (!isJsonObject(value)) return
  for (const [key, member] of Object.entries(value)) {
    if (isJsonObject(member)) {
      sections.add(key)
      noteJson(member, note, sections)
    } else if (!Array.isArray(member)) {
      if (!isReference(member)) note(key, member)
    } else if (isNumbers(member)) note(key, member)
  }
}

/** Hydra's `${n_fft}` refers to a setting that is read where it is written. */
const isReference = (value: unknown) => typeof value === 'string' && value.includes('${')

function noteLines(lines: readonly string[], note: Note, sections: Set<string>): void {
  for (const [index, line] of lines.entries()) {
    const [, indent, key, , rest] =
      /^([ \t-]*)["']?([A-Za-z_][\w.-]*)["']?[ \t]*(:[ \t]+|:$|:(?=#)|=[ \t]*(?!=))(.*)$/.exec(line) ?? []
    if (key === undefined) continue
    const text = rest.trim()
    if (text !== '' && !text.startsWith('#')) {
      const value = lineValue(text)
      if (value !== undefined && !isReference(value)) note(key, value)
    } else if (isParent(lines, index, indent.length)) sections.add(key)
    else note(key, null)
  }
}

/** Whether a key without a value has what follows it as its value: deeper lines, or a list at the same depth. */
function isParent(lines: readonly string[], index: number, depth: number): boolean {
  const next = lines.slice(index + 1, index + 20).find((line) => /^\s*[^\s#]/.test(line)) ?? ''
  const indent = next.length - next.trimStart().length
  return indent > depth || (indent === depth && next.trimStart().startsWith('- '))
}

/** A value without its comment, or without the comma that ends an argument in Python. */
function lineValue(rest: string): Setting | undefined {
  const [, quote, text] = /^(["'])(.*?)\1/.exec(rest) ?? []
  if (quote !== undefined) return text
  return plainValue(rest.split(/\s#/, 1)[0].trim().replace(/,$/, ''))
}

const words: ReadonlyMap<string, null | boolean> = new Map([
  ['null', null],
  ['~', null],
  ['none', null],
  ['true', true],
  ['false', false],
])

function plainValue(text: string): Setting | undefined {
  const word = words.get(text.toLowerCase())
  if (word !== undefined) return word
  // YAML 1.1 allows 24_000; ESPnet allows 24k.
  const [, digits, thousands] = /^([-+]?[\d_]*(?:\.\d*)?(?:[eE][-+]?\d+)?)(k?)$/.exec(text) ?? []
  const number = digits ? Number(digits.replaceAll('_', '')) : Number.NaN
  if (Number.isFinite(number)) return number * (thousands ? 1000 : 1)
  if (!text.startsWith('[')) return text.startsWith('{') || text.startsWith('&') ? undefined : text
  const items = text
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((item) => (item.trim() === '' ? Number.NaN : Number(item)))
  return isNumbers(items) ? items : undefined
}

function isNumbers(list: readonly JsonValue[]): list is number[] {
  return list.length > 0 && list.every((item) => typeof item === 'number' && Number.isFinite(item))
}
