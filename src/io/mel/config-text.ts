/**
 * Reads the settings in a producer's configuration, JSON or YAML, as one flat map: the relevant keys have the same
 * names wherever they are nested. From YAML only `key: value` lines are read, with comments, quotes and `[lists]`.
 * Anchors, block text and multi-line lists are skipped, since no analysis setting uses them.
 */
import { isJsonObject, type JsonValue, parseJson } from '../json.ts'
import type { Refuse } from '../refusal.ts'

export type Setting = null | boolean | number | string | readonly number[]

/** The first of equal keys wins: analysis settings precede those of losses and other extractors. */
export function parseConfigText(text: string, refuse: Refuse): ReadonlyMap<string, Setting> {
  const settings = new Map<string, Setting>()
  const note = (key: string, value: Setting) => {
    if (!settings.has(key)) settings.set(key, value)
  }
  if (/^\ufeff?\s*[[{]/.test(text)) noteJson(parseJson(text.replace(/^\ufeff/, ''), refuse), note)
  else for (const line of text.split(/\r\n|\n|\r/)) noteYamlLine(line, note)
  return settings
}

type Note = (key: string, value: Setting) => void

function noteJson(value: JsonValue, note: Note): void {
  if (!isJsonObject(value)) return
  for (const [key, member] of Object.entries(value)) {
    if (isJsonObject(member)) noteJson(member, note)
    else if (!Array.isArray(member)) note(key, member)
    else if (isNumbers(member)) note(key, member)
  }
}

function noteYamlLine(line: string, note: Note): void {
  const [, key, rest] = /^[ \t-]*["']?([A-Za-z_][\w.-]*)["']?[ \t]*:[ \t]+(\S.*)$/.exec(line) ?? []
  if (key === undefined) return
  const [, quote, text] = /^(["'])(.*?)\1/.exec(rest) ?? []
  const value = quote === undefined ? yamlValue(rest.split(' #', 1)[0].trim()) : text
  if (value !== undefined) note(key, value)
}

const yamlWords: ReadonlyMap<string, null | boolean> = new Map([
  ['null', null],
  ['~', null],
  ['none', null],
  ['true', true],
  ['false', false],
])

function yamlValue(text: string): Setting | undefined {
  const word = yamlWords.get(text.toLowerCase())
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
