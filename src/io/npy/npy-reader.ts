/**
 * NumPy's npy files, versions 1 to 3: magic, header length, a Python dictionary of type, order and shape, then the
 * numbers (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html). Object arrays are pickles and never
 * loaded.
 */

import { fetchAgain, quoted, type Refuse, refusalsOf } from '../refusal.ts'
import { bytesPerNumber, decodeNumbers, type NumberType } from './decode-numbers.ts'
import type { NumberArray } from './number-array.ts'
import { type PythonLiteral, parsePythonLiteral } from './python-literal.ts'

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59) // \x93NUMPY
/** NumPy itself refuses longer headers by default. */
const maxHeaderBytes = 10_000
const saveAgain = "Save it again with numpy.save('mel.npy', array.astype(numpy.float32))."

export function isNpy(bytes: Uint8Array): boolean {
  return magic.every((byte, i) => bytes[i] === byte)
}

/** `file` is the name for messages. Refuses with `npy-*` problems; the caller checks for NaN and infinities. */
export function readNpy(bytes: Uint8Array<ArrayBuffer>, file: string): NumberArray {
  const refuse = refusalsOf(file)
  const { text, dataStart } = readHeaderText(bytes, refuse)
  const header = parseHeader(text, refuse)
  const { type, endianness } = readType(header.get('descr'), refuse)
  const shape = readShape(header.get('shape'), refuse)
  const fortranOrder = header.get('fortran_order')
  if (typeof fortranOrder !== 'boolean') {
    refuse('npy-header', 'has a NumPy header whose fortran_order is neither True nor False', {
      found: written(fortranOrder),
      remedy: saveAgain,
    })
  }
  const expected = shape.reduce((product, size) => product * size, bytesPerNumber[type])
  const got = bytes.length - dataStart
  if (got !== expected) {
    const tooFew = got < expected
    refuse(
      tooFew ? 'npy-truncated' : 'npy-trailing-bytes',
      `is too ${tooFew ? 'short' : 'long'} for its shape ${tuple(shape)}: expected ${expected} bytes of data, got ${got}`,
      { found: `${got} bytes`, accepted: `${expected} bytes`, remedy: tooFew ? fetchAgain : saveAgain },
    )
  }
  const stored = decodeNumbers(bytes.subarray(dataStart), type, endianness)
  return { shape, values: fortranOrder ? fromFortranOrder(stored, shape) : stored }
}

function readHeaderText(bytes: Uint8Array<ArrayBuffer>, refuse: Refuse): { text: string; dataStart: number } {
  if (!isNpy(bytes)) {
    refuse('npy-not-numpy', bytes.length === 0 ? 'is empty: not a NumPy file' : 'is not a NumPy file', {
      accepted: 'a file that numpy.save wrote',
      remedy: bytes.length === 0 ? fetchAgain : saveAgain,
    })
  }
  const version = bytes[6]
  const lengthBytes = version === 1 ? 2 : 4
  const headerStart = magic.length + 2 + lengthBytes
  if (bytes.length > 6 && (version < 1 || version > 3)) {
    refuse('npy-version', 'uses a version of the NumPy format that cannot be read', {
      found: `version ${version}.${bytes[7] ?? 0}`,
      accepted: 'versions 1, 2 and 3',
      remedy: saveAgain,
    })
  }
  if (bytes.length < headerStart) refuseShortHeader(bytes.length, headerStart, refuse)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > maxHeaderBytes) {
    refuse('npy-header-size', 'has a NumPy header of more than 10,000 bytes', {
      found: `${length} bytes`,
      accepted: 'at most 10,000 bytes',
      remedy: saveAgain,
    })
  }
  const dataStart = headerStart + length
  if (bytes.length < dataStart) refuseShortHeader(bytes.length, dataStart, refuse)
  // Versions 1 and 2 are Latin-1 and 3 is UTF-8; they differ only inside field names, which are refused.
  return { text: new TextDecoder('latin1').decode(bytes.subarray(headerStart, dataStart)), dataStart }
}

function refuseShortHeader(got: number, expected: number, refuse: Refuse): never {
  return refuse('npy-truncated', 'ends inside its NumPy header', {
    found: `expected at least ${expected} bytes, got ${got}`,
    remedy: fetchAgain,
  })
}

const keys = ['descr', 'fortran_order', 'shape']

function parseHeader(text: string, refuse: Refuse): ReadonlyMap<string, PythonLiteral> {
  let header: PythonLiteral
  try {
    header = parsePythonLiteral(text)
  } catch (error) {
    return refuse(
      'npy-header',
      'has a NumPy header that is not a Python literal',
      { found: error instanceof Error ? error.message : undefined, remedy: saveAgain },
      error,
    )
  }
  if (!(header instanceof Map)) {
    return refuse('npy-header', 'has a NumPy header that is not a dictionary', { remedy: saveAgain })
  }
  const missing = keys.filter((key) => !header.has(key))
  const extra = [...header.keys()].filter((key) => !keys.includes(key))
  if (missing.length > 0 || extra.length > 0) {
    refuse('npy-header', `has a NumPy header with ${missing.length > 0 ? 'missing' : 'extra'} keys`, {
      found: missing.length > 0 ? `no ${missing.join(', ')}` : quoted(extra.join(', ')),
      accepted: `exactly ${keys.join(', ')}`,
      remedy: saveAgain,
    })
  }
  return header
}

function readType(descr: PythonLiteral | undefined, refuse: Refuse) {
  const accepted = 'floats of 16, 32 or 64 bits, integers of 8 to 64 bits, in either byte order'
  const found = `dtype ${written(descr)}`
  if (typeof descr !== 'string') {
    return refuse('npy-dtype', 'holds records with fields, not numbers', {
      found,
      accepted,
      remedy: 'Save the field that holds the mel on its own, as float32.',
    })
  }
  const [, order, kind, size] = /^([<>|=]?)([A-Za-z])(\d*)$/.exec(descr) ?? []
  if (kind === 'O') {
    refuse('npy-object', 'holds Python objects, which are never loaded: save it again as float32', {
      found,
      accepted,
      remedy: saveAgain,
    })
  }
  const type = `${kind}${size}`
  if (!isNumberType(type)) {
    const what = { c: 'complex numbers', U: 'text', S: 'text', a: 'text', b: 'booleans' }[kind ?? '']
    return refuse('npy-dtype', `holds ${what ?? 'values of a type that cannot be read'}`, {
      found,
      accepted,
      remedy:
        kind === 'c'
          ? 'A mel spectrogram is made of magnitudes: save numpy.abs of it through a mel filterbank, as float32.'
          : saveAgain,
    })
  }
  return { type, endianness: order === '>' ? ('big' as const) : ('little' as const) }
}

function isNumberType(type: string): type is NumberType {
  return type !== 'bf16' && Object.hasOwn(bytesPerNumber, type)
}

function readShape(shape: PythonLiteral | undefined, refuse: Refuse): readonly number[] {
  if (!Array.isArray(shape) || !shape.every((size) => typeof size === 'number')) {
    return refuse('npy-shape', 'has a shape that is not a tuple of sizes', {
      found: written(shape),
      remedy: saveAgain,
    })
  }
  const detail = { found: `shape ${tuple(shape)}`, remedy: saveAgain }
  if (shape.some((size) => size < 0)) refuse('npy-shape', 'has a negative size in its shape', detail)
  if (shape.includes(0)) {
    refuse('npy-shape', 'holds no values: a size in its shape is zero', {
      ...detail,
      remedy: 'Check the program that wrote it: the array was already empty.',
    })
  }
  const product = shape.reduce((total, size) => total * size, 8)
  if (product > Number.MAX_SAFE_INTEGER || shape.length > 32) {
    refuse('npy-shape', 'has an implausibly large shape', detail)
  }
  return shape
}

/** Converts from the order in which the first axis varies fastest to that in which the last one does. */
function fromFortranOrder(
  stored: Float32Array<ArrayBuffer>,
  shape: readonly number[],
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(stored.length)
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1))
  const index = shape.map(() => 0)
  let from = 0
  for (let to = 0; to < values.length; to++) {
    values[to] = stored[from]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]
      if (++index[axis] < shape[axis]) break
      from -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return values
}

function tuple(shape: readonly PythonLiteral[]): string {
  return `(${shape.map(written).join(', ')}${shape.length === 1 ? ',' : ''})`
}

function written(literal: PythonLiteral | undefined): string {
  if (literal === undefined || literal === null) return 'None'
  if (typeof literal === 'boolean') return literal ? 'True' : 'False'
  if (typeof literal === 'string') return quoted(literal)
  if (typeof literal === 'number') return String(literal)
  return Array.isArray(literal) ? `a tuple of ${literal.length}` : 'a dictionary'
}
