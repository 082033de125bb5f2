/**
 * Reads the matrices of a Kaldi archive (.ark), which ESPnet writes: each is a name, a space, a NUL, "B" and its type, FM
 * for float32 and DM for float64, then rows and columns, each as a byte 4 and an int32, and the values of the rows, all
 * little-endian (Kaldi, kaldi-matrix.cc, Matrix::Write).
 */
import type { NamedArray } from '../npy/named-array.ts'
import { fetchAgain, quoted, type Refuse, refusalsOf } from '../refusal.ts'
import { matrixHeader } from './is-ark.ts'

const maxEntries = 20_000
const bytesPerValue: Readonly<Record<string, 4 | 8>> = { FM: 4, DM: 8 }

const copied = 'copy-feats --compress=false ark:feats.ark ark:plain.ark'

/** Returns its matrices, at least one; `[frames, bands]` by Kaldi's convention. Refuses with `ark-*` problems. */
export function readArk(bytes: Uint8Array<ArrayBuffer>, file: string): readonly NamedArray[] {
  const refuse = refusalsOf(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const matrices: NamedArray[] = []
  for (let at = 0; at < bytes.length; ) {
    if (matrices.length === maxEntries) {
      refuse('ark-entries', 'holds more than 20,000 matrices', {
        accepted: 'at most 20,000',
        remedy: 'Copy the one that you need: copy-feats "scp:grep NAME feats.scp|" ark:mel.ark.',
      })
    }
    const [header, name, type] = matrixHeader(bytes, at) ?? refuseDamaged(refuse, at)
    const size = bytesPerValue[type] ?? refuseType(type, name, refuse)
    const sizes = at + header.length
    if (sizes + 10 > bytes.length || bytes[sizes] !== 4 || bytes[sizes + 5] !== 4) refuseDamaged(refuse, at)
    const [rows, columns] = [view.getInt32(sizes + 1, true), view.getInt32(sizes + 6, true)]
    const first = sizes + 10
    if (rows < 1 || columns < 1 || rows * columns * size > bytes.length - first) {
      refuse('ark-truncated', `ends before the values of ${quoted(name)}`, {
        found: `${bytes.length - first} bytes`,
        accepted: `${rows} x ${columns} values of ${size} bytes`,
        remedy: fetchAgain,
      })
    }
    const read = size === 4 ? view.getFloat32.bind(view) : view.getFloat64.bind(view)
    matrices.push({
      name,
      read: () => ({
        shape: [rows, columns],
        values: Float32Array.from({ length: rows * columns }, (_, index) => read(first + index * size, true)),
      }),
    })
    at = first + rows * columns * size
  }
  return matrices
}

function refuseType(type: string, name: string, refuse: Refuse): never {
  const isCompressed = type.startsWith('CM')
  return refuse(
    isCompressed ? 'ark-compressed' : 'ark-type',
    isCompressed
      ? `holds ${quoted(name)} in Kaldi's lossy compression`
      : `holds ${quoted(name)}, which is not a matrix of numbers`,
    {
      found: `type ${quoted(type)}`,
      accepted: 'matrices of float32 or float64',
      remedy: `Write it without compression, as a matrix: ${copied}`,
    },
  )
}

function refuseDamaged(refuse: Refuse, at: number): never {
  return refuse('ark-damaged', `does not continue as a Kaldi archive at byte ${at}`, {
    accepted: 'a name, then a binary matrix',
    remedy: fetchAgain,
  })
}
