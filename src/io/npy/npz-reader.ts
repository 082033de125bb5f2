/** Reads NumPy's npz: a zip of npy files. */

import { refusalsOf } from '../refusal.ts'
import { readZip } from '../zip/zip-reader.ts'
import type { NamedArray } from './named-array.ts'
import { readNpy } from './npy-reader.ts'
import { refusePickle } from './pickle.ts'

/** Returns its arrays, at least one. Refuses with `npz-*`, `zip-*`, `npy-*` or `pickle` problems. */
export function readNpz(bytes: Uint8Array<ArrayBuffer>, file: string): readonly NamedArray[] {
  const refuse = refusalsOf(file)
  const entries = readZip(bytes, refuse)
  if (entries.some(({ name }) => /(^|\/)data\.pkl$/.test(name))) refusePickle(file)
  const arrays = entries
    .filter(({ name }) => name.endsWith('.npy'))
    .map((entry) => ({
      name: entry.name.slice(0, -'.npy'.length),
      read: () => readNpy(entry.read(), `${file} (${entry.name})`),
    }))
  if (entries.some(({ name }) => name === '[Content_Types].xml')) {
    refuse('npz-office', 'is a document of an office program', {
      accepted: 'npy, npz, safetensors, JSON or CSV',
      remedy: 'If it is a spreadsheet with a mel, save it as CSV, with one frame per row and nothing else.',
    })
  }
  if (arrays.length === 0) {
    refuse('npz-no-array', 'is a zip archive without a NumPy array', {
      found: entries.length === 0 ? 'no entries' : `${entries.length} entries, none of them .npy`,
      accepted: 'an npz file that numpy.savez wrote',
      remedy:
        "Save the mel with numpy.savez('mels.npz', mel=mel), or unpack the archive and open the mel itself.",
    })
  }
  return arrays
}
