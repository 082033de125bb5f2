/**
 * Reads safetensors: an 8-byte header length, a JSON header of names, types, shapes and byte ranges, then the numbers.
 * The format contains no code, which is why weights use it. The checks follow the format's description
 * (https://github.com/huggingface/safetensors#format): the ranges tile the data without gap, overlap or remainder, so a
 * truncated or altered file is detected before any number is used.
 */

import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../json.ts'
import { bytesPerNumber, decodeNumbers, type NumberType } from '../npy/decode-numbers.ts'
import { fetchAgain, quoted, type Refuse, refusalsOf } from '../refusal.ts'
import { decodeText } from '../text.ts'

export type SafeTensor = {
  /** The name in the file: `F16`, `F32`, ... */
  readonly dtype: string
  readonly shape: readonly number[]
  /** Row-major; decoded at the first access and kept. Exact, except that F64 and wide integers are rounded. */
  readonly values: Float32Array<ArrayBuffer>
}

const numberTypes: ReadonlyMap<string, NumberType> = new Map([
  ['F16', 'f2'],
  ['BF16', 'bf16'],
  ['F32', 'f4'],
  ['F64', 'f8'],
  ['I8', 'i1'],
  ['I16', 'i2'],
  ['I32', 'i4'],
  ['I64', 'i8'],
  ['U8', 'u1'],
  ['U16', 'u2'],
  ['U32', 'u4'],
  ['U64', 'u8'],
])

const prefixBytes = 8
const maxHeaderBytes = 10_000_000
const saveAgain = 'Write the file again with the safetensors library.'

type Entry = { readonly name: string; readonly dtype: string; readonly type: NumberType } & {
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

/**
 * Returns tensors by name, in the order of the data. `file` is the name for messages. `bytes` is retained until every
 * tensor was read. Refuses with `safetensors-*` or `json-*` problems.
 */
export function readSafetensors(bytes: Uint8Array<ArrayBuffer>, file: string): Map<string, SafeTensor> {
  const refuse = refusalsOf(file)
  const headerBytes = readHeaderLength(bytes, refuse)
  const data = bytes.subarray(prefixBytes + headerBytes)
  const header = readHeader(bytes.subarray(prefixBytes, prefixBytes + headerBytes), refuse)
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readEntry(name, value, refuse))
    .sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkTiling(entries, data.length, refuse)
  return new Map(entries.map((entry) => [entry.name, lazyTensor(entry, data)]))
}

/** Returns the file's free-text metadata by key; empty if there is none. Refuses as `readSafetensors` does. */
export function readSafetensorsMetadata(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): Record<string, string> {
  const refuse = refusalsOf(file)
  const headerBytes = readHeaderLength(bytes, refuse)
  const metadata = readHeader(bytes.subarray(prefixBytes, prefixBytes + headerBytes), refuse).__metadata__
  if (!isJsonObject(metadata)) return {}
  const texts = Object.entries(metadata).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  )
  return Object.fromEntries(texts)
}

function readHeaderLength(bytes: Uint8Array<ArrayBuffer>, refuse: Refuse): number {
  if (bytes.length < prefixBytes) {
    refuse('safetensors-too-short', 'is too short to be a safetensors file', {
      found: `${bytes.length} bytes`,
      accepted: 'at least 8 bytes',
      remedy: fetchAgain,
    })
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)
  if (length > maxHeaderBytes) {
    refuse('safetensors-header-size', 'claims a safetensors header of more than 10 MB', {
      found: `${length} bytes`,
      accepted: 'a header of at most 10,000,000 bytes',
      remedy: `It may not be a safetensors file. ${saveAgain}`,
    })
  }
  if (length > bytes.length - prefixBytes) {
    refuse('safetensors-header-truncated', 'ends inside its safetensors header', {
      found: `${bytes.length - prefixBytes} bytes after the length`,
      accepted: `a header of ${length} bytes`,
      remedy: fetchAgain,
    })
  }
  return Number(length)
}

function readHeader(bytes: Uint8Array, refuse: Refuse): JsonObject {
  const refuseHeader: Refuse = (code, what, detail, cause) =>
    refuse(code, `has a damaged safetensors header, which ${what}`, { remedy: saveAgain, ...detail }, cause)
  const header = parseJson(decodeText(bytes, refuseHeader), refuseHeader)
  if (!isJsonObject(header)) return refuseHeader('safetensors-header', 'is not a JSON object')
  return header
}

function readEntry(name: string, value: JsonValue, refuse: Refuse): Entry {
  const tensor = `the tensor ${quoted(name)}`
  if (!isJsonObject(value)) {
    return refuse('safetensors-header', `describes ${tensor} by something other than an object`, {
      accepted: 'an object with dtype, shape and data_offsets',
      remedy: saveAgain,
    })
  }
  const { dtype, shape, data_offsets: offsets } = value
  const type = typeof dtype === 'string' ? numberTypes.get(dtype) : undefined
  if (typeof dtype !== 'string' || type === undefined) {
    return refuse('safetensors-dtype', `stores ${tensor} in a type that cannot be read`, {
      found: quoted(JSON.stringify(dtype) ?? 'no dtype'),
      accepted: [...numberTypes.keys()].join(', '),
      remedy: 'Convert the tensor to float32 or float16 and save the file again.',
    })
  }
  if (!isCounts(shape)) {
    return refuse('safetensors-shape', `gives ${tensor} a shape that is not a list of sizes`, {
      found: quoted(JSON.stringify(shape) ?? 'no shape'),
      accepted: 'integers from 0 up',
      remedy: saveAgain,
    })
  }
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    return refuse('safetensors-offsets', `gives ${tensor} data_offsets that are not a range`, {
      found: quoted(JSON.stringify(offsets) ?? 'no data_offsets'),
      accepted: '[begin, end] with begin <= end',
      remedy: saveAgain,
    })
  }
  const [begin, end] = offsets
  const bytes = byteLength(shape, type)
  if (bytes > Number.MAX_SAFE_INTEGER) {
    refuse('safetensors-shape', `gives ${tensor} a shape whose size overflows`, {
      found: JSON.stringify(shape),
      accepted: 'fewer than 2^53 bytes',
      remedy: saveAgain,
    })
  }
  if (bytes !== end - begin) {
    refuse('safetensors-size', `gives ${tensor} a size that does not match its shape and type`, {
      found: `${end - begin} bytes`,
      accepted: `${bytes} bytes for ${dtype} ${JSON.stringify(shape)}`,
      remedy: saveAgain,
    })
  }
  return { name, dtype, type, shape, begin, end }
}

function isCounts(value: JsonValue | undefined): value is number[] {
  return (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0)
  )
}

/** Returns Infinity as soon as a partial product is no longer an exact integer, even if a later size is 0. */
function byteLength(shape: readonly number[], type: NumberType): number {
  let product: number = bytesPerNumber[type]
  for (const size of shape) {
    product *= size
    if (product > Number.MAX_SAFE_INTEGER) return Number.POSITIVE_INFINITY
  }
  return product
}

function checkTiling(entries: readonly Entry[], dataBytes: number, refuse: Refuse): void {
  let position = 0
  for (const { name, begin, end } of entries) {
    if (begin !== position) {
      const overlaps = begin < position
      refuse(
        overlaps ? 'safetensors-overlap' : 'safetensors-hole',
        `${overlaps ? 'has tensors that overlap' : 'has a gap'} before the tensor ${quoted(name)}`,
        { found: `it begins at byte ${begin}`, accepted: `byte ${position}`, remedy: saveAgain },
      )
    }
    position = end
  }
  if (position === dataBytes) return
  const truncated = position > dataBytes
  refuse(
    truncated ? 'safetensors-truncated' : 'safetensors-trailing-bytes',
    truncated ? 'is truncated' : 'has bytes after its last tensor',
    {
      found: `${dataBytes} bytes of data`,
      accepted: `${position} bytes`,
      remedy: truncated ? fetchAgain : saveAgain,
    },
  )
}

function lazyTensor({ dtype, type, shape, begin, end }: Entry, data: Uint8Array): SafeTensor {
  let values: Float32Array<ArrayBuffer> | undefined
  return {
    dtype,
    shape,
    get values() {
      values ??= decodeNumbers(data.subarray(begin, end), type)
      return values
    },
  }
}
