/** Unpacks a zip of mels and recordings, so that its files are opened as if they had been chosen one by one. */
import { quoted, refusalsOf } from '../io/refusal.ts'
import { isZip, readZip } from '../io/zip/zip-reader.ts'
import type { SourceFile } from './analysis.ts'

/** Files that can be opened, and those of a mel's producer. Archives in archives stay packed. */
const wanted =
  /\.(npy|npz|safetensors|json|ya?ml|csv|tsv|ark|wav|aiff?|aifc|mp3|flac|og[ga]|opus|m4a|mp4|aac|webm)$/i
/** macOS adds files of its own, and hidden ones are not meant to be opened. */
const hidden = /(^|\/)(__MACOSX\/|\.)/

/** Rejects with `zip-*` problems, and with `zip-no-input` if nothing in it can be opened. */
export async function unpackFile({ name, blob }: SourceFile): Promise<readonly SourceFile[]> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const refuse = refusalsOf(name)
  if (!isZip(bytes)) refuse('zip-truncated', 'is named as a zip and is none', { remedy: 'Fetch it again.' })
  const entries = readZip(bytes, refuse)
  const found = entries.filter((entry) => wanted.test(entry.name) && !hidden.test(entry.name))
  if (found.length === 0) {
    refuse('zip-no-input', 'holds no mel and no audio', {
      found: entries.length === 0 ? 'no files' : quoted(entries.map((entry) => entry.name).join(', ')),
      accepted: 'mels (npy, npz, safetensors, JSON, CSV, ark) and audio (WAV, AIFF, MP3, FLAC, Ogg, M4A)',
      remedy: 'Unpack it and open the files that you need, or zip the mels themselves.',
    })
  }
  return found.map((entry) => ({
    name: entry.name.slice(entry.name.lastIndexOf('/') + 1),
    blob: new Blob([entry.read()]),
  }))
}
