/** Random but reproducible damage to files, like that from transfers, editors and malice. */
import fc from 'fast-check'

type Bytes = Uint8Array<ArrayBuffer>

/** Values at which size fields tend to break. */
const boundaryValues = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff]
/** Replacements in text headers. */
const words = [
  '-1',
  '0',
  '1e999',
  '9007199254740993',
  'None',
  'null',
  '"',
  "'",
  '(',
  '{',
  '[',
  ',',
  ':',
  '__proto__',
  '|O',
  '\0',
]

/** Uniform in 0..1, without fast-check's bias towards the ends. */
const anywhere = fc.noBias(fc.integer({ min: 0, max: 1e6 })).map((millionths) => millionths / 1e6)

/** One to three mutations of one of `files`; half of the positions are in the first 200 bytes, where headers are. */
export function damaged(files: readonly Bytes[]): fc.Arbitrary<Bytes> {
  return fc
    .tuple(fc.constantFrom(...files), fc.array(damage(), { minLength: 1, maxLength: 3 }))
    .map(([file, damages]) => damages.reduce((bytes, apply) => apply(bytes), file))
}

function damage(): fc.Arbitrary<(bytes: Bytes) => Bytes> {
  const place = fc.tuple(fc.boolean(), anywhere).map(([inHeader, fraction]) => (bytes: Bytes) => {
    return Math.floor(fraction * (inHeader ? Math.min(200, bytes.length) : bytes.length))
  })
  const flip = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, mask]) => (bytes: Bytes) => {
    const copy = bytes.slice()
    if (copy.length > 0) copy[Math.min(at(bytes), copy.length - 1)] ^= mask
    return copy
  })
  const truncate = place.map((at) => (bytes: Bytes) => bytes.slice(0, at(bytes)))
  const insert = fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 9 })).map(
    ([at, extra]) =>
      (bytes: Bytes) =>
        spliced(bytes, at(bytes), 0, extra),
  )
  const remove = fc.tuple(place, fc.integer({ min: 1, max: 9 })).map(
    ([at, count]) =>
      (bytes: Bytes) =>
        spliced(bytes, at(bytes), count, new Uint8Array()),
  )
  const number = fc
    .tuple(place, fc.constantFrom(...boundaryValues), fc.constantFrom(2, 4))
    .map(([at, value, width]) => (bytes: Bytes) => {
      const field = new Uint8Array(Uint32Array.of(value).buffer).subarray(0, width)
      return spliced(bytes, at(bytes), width, field)
    })
  const word = fc
    .tuple(place, fc.constantFrom(...words), fc.integer({ min: 0, max: 6 }))
    .map(([at, text, count]) => (bytes: Bytes) => {
      return spliced(bytes, at(bytes), count, new TextEncoder().encode(text))
    })
  return fc.oneof(
    { weight: 4, arbitrary: flip },
    truncate,
    insert,
    remove,
    { weight: 2, arbitrary: number },
    word,
  )
}

function spliced(bytes: Bytes, at: number, removed: number, inserted: Uint8Array): Bytes {
  const rest = bytes.subarray(Math.min(at + removed, bytes.length))
  const result = new Uint8Array(at + inserted.length + rest.length)
  result.set(bytes.subarray(0, at))
  result.set(inserted, at)
  result.set(rest, at + inserted.length)
  return result
}
