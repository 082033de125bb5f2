/**
 * Reads mels as JSON: nested lists of numbers, alone or as members of an object, such as `{"mel": [[...], ...]}`; a flat
 * list with a shape, such as `{"shape": [80, 400], "data": [...]}`; or one list per line (JSON Lines).
 */
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../json.ts'
import type { NamedArray } from '../../npy/named-array.ts'
import type { NumberArray } from '../../npy/number-array.ts'
import { quoted, type Refuse, refusalsOf } from '../../refusal.ts'
import { decodeText } from '../../text.ts'
import { checkTextSize } from './text-size.ts'

const accepted = 'lists of equally long lists of numbers, such as [[-4.2, -3.9], [-5.0, -4.8]]'

/** Returns its arrays, at least one. Refuses with `json-*` problems. */
export function readJsonMels(bytes: Uint8Array<ArrayBuffer>, file: string): readonly NamedArray[] {
  const refuse = refusalsOf(file)
  checkTextSize(bytes, 'json-size', refuse)
  const text = joinLines(decodeText(bytes, refuse))
  // A digit and a comma are the shortest value of a list.
  const maxValues = Math.ceil(text.length / 2)
  const value = parseJson(text, refuse)
  if (Array.isArray(value)) return [{ name: 'mel', read: () => toArray(value, maxValues, refuse) }]
  if (!isJsonObject(value)) return refuseNoArray(value, refuse)
  const shaped = shapedArray(value, maxValues, refuse)
  if (shaped) return [shaped]
  const arrays = Object.entries(value).flatMap(([name, member]) =>
    Array.isArray(member) ? [{ name, read: () => toArray(member, maxValues, refuse) }] : [],
  )
  return arrays.length > 0 ? arrays : refuseNoArray(value, refuse)
}

/** Makes JSON Lines one list; other text stays as it is. */
function joinLines(text: string): string {
  const isLinePerList = /^\s*\[[^\n]*\]\s*\n\s*\[/.test(text)
  return isLinePerList
    ? `[${text
        .trim()
        .split(/\s*\n\s*/)
        .join(',')}]`
    : text
}

/** The one member that is a flat list of as many values as the member `shape` says; undefined if there is none. */
function shapedArray(value: JsonObject, maxValues: number, refuse: Refuse): NamedArray | undefined {
  const { shape, ...others } = value
  const isSize = (size: JsonValue): size is number => Number.isInteger(size) && Number(size) > 0
  if (!Array.isArray(shape) || shape.length < 2 || !shape.every(isSize)) return undefined
  const size = shape.reduce((product, length) => product * length, 1)
  const found = Object.entries(others).find(([, member]) => Array.isArray(member) && member.length === size)
  if (!found || !Array.isArray(found[1])) return undefined
  const [name, list] = found
  return { name, read: () => ({ ...toArray(list, maxValues, refuse), shape }) }
}

function refuseNoArray(value: JsonValue, refuse: Refuse): never {
  return refuse('json-no-array', 'holds no list of numbers', {
    found: isJsonObject(value)
      ? quoted(`an object with ${Object.keys(value).join(', ')}`)
      : quoted(`${value}`),
    accepted,
    remedy:
      'If it is a configuration, open it together with its mel, or after it. ' +
      'A mel is written as a list of lists: json.dump(mel.tolist(), file).',
  })
}

/**
 * The first rows at each level define the shape; every other row must agree with it. If the shape claims more values than
 * the text can hold, some row is too short, and is found before `maxValues` are read.
 */
function toArray(list: JsonValue[], maxValues: number, refuse: Refuse): NumberArray {
  const shape: number[] = []
  for (let inner: JsonValue = list; Array.isArray(inner); inner = inner[0]) shape.push(inner.length)
  if (shape.includes(0)) refuse('json-empty', 'holds an empty list', { accepted })
  const size = shape.reduce((product, length) => product * length, 1)
  const values = new Float32Array(Math.min(size, maxValues))
  const index = shape.map(() => 0)
  let length = 0

  function fill(value: JsonValue, axis: number): void {
    if (axis === shape.length) {
      if (typeof value !== 'number') refuseItem(value, index, refuse)
      values[length++] = value
    } else if (!Array.isArray(value)) {
      refuseItem(value, index.slice(0, axis), refuse)
    } else if (value.length !== shape[axis]) {
      const row = place(index.slice(0, axis))
      refuse('json-ragged', `has rows of different lengths: ${row} has ${value.length} values`, {
        found: `${value.length} values in ${row}, ${shape[axis]} in the first`,
        accepted,
        remedy: 'Pad or cut the rows to one length: a mel has as many values in every frame.',
      })
    } else {
      for (let i = 0; i < value.length; i++) {
        index[axis] = i
        fill(value[i], axis + 1)
      }
    }
  }
  fill(list, 0)
  return { shape, values }
}

function refuseItem(value: JsonValue, index: readonly number[], refuse: Refuse): never {
  return refuse('json-not-number', `holds something other than a number in ${place(index)}`, {
    found: quoted(JSON.stringify(value)),
    accepted,
    remedy: 'Write numbers without quotes, and no null or text among them.',
  })
}

/** Indices start at 0, as in NumPy. */
function place([row, ...items]: readonly number[]): string {
  return items.length > 0 ? `row ${row}, value ${items.join(', ')}` : `row ${row}`
}
