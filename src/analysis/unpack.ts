/** Unpacks a zip of mels and recordings, so that its files are opened as if they had been chosen one by one. */
import { identify } from '../io/identify.ts'
import { quoted, refusalsOf } from '../io/refusal.ts'
import { isZip } from '../io/zip/is-zip.ts'
import { readZip, type ZipEntry } from '../io/zip/zip-reader.ts'
import type { SourceFile, UnpackedZip } from './analysis.ts'

/** Files that can be opened, those of a mel's producer, and those whose refusal tells how to convert them. */
const wantedName =
  /\.(npy|npz|safetensors|json|ya?ml|csv|tsv|ark|wav|aiff?|aifc|mp3|flac|og[ga]|opus|m4a|mp4|aac|webm|scp|ptc?|pth|pkl|pickle|h5|hdf5|mat)$|hparams\.py$/i
/** Archives in archives stay packed, so that the limit of what one inflates to is the limit of all. */
const archiveName = /\.(zip|tar|t?gz|bz2|xz|7z|rar)$/i
/** macOS and Windows add files of their own, and hidden ones are not meant to be opened. */
const hidden = /(^|\/)(__MACOSX\/|\.|thumbs\.db$|desktop\.ini$)/i

/** Rejects with `zip-*` problems, `zip-no-input` if nothing in it can be opened, and those of `identify` for no zip. */
export async function unpackFile({ name, blob }: SourceFile): Promise<UnpackedZip> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  const refuse = refusalsOf(name)
  if (!isZip(bytes)) {
    // Something else with the name of a zip opens, or is refused, as what it is.
    identify(bytes, name)
    return { files: [{ name, blob }], leftOut: [] }
  }
  const entries = readZip(bytes, refuse).filter((entry) => !entry.name.endsWith('/'))
  const visible = entries.filter((entry) => !hidden.test(entry.name))
  const files = visible.flatMap(openable)
  if (files.length === 0) {
    refuse('zip-no-input', 'holds no mel and no audio', {
      found: entries.length === 0 ? 'no files' : quoted(entries.map((entry) => entry.name).join(', ')),
      accepted: 'mels (npy, npz, safetensors, JSON, CSV, ark) and audio (WAV, AIFF, MP3, FLAC, Ogg, M4A)',
      remedy: 'Unpack it and open the files that you need, or zip the mels themselves.',
    })
  }
  const opened = new Set(files.map(({ entry }) => entry))
  return {
    files: files.map(({ entry, content }) => ({ name: baseName(entry), blob: new Blob([content]) })),
    leftOut: visible.filter((entry) => !opened.has(entry)).map(baseName),
  }
}

/** The entry and its bytes, if its name or its content is that of a file that can be opened. */
function openable(
  entry: ZipEntry,
): { readonly entry: ZipEntry; readonly content: Uint8Array<ArrayBuffer> }[] {
  if (archiveName.test(entry.name)) return []
  const content = entry.read()
  return wantedName.test(entry.name) || isKnown(content, entry.name) ? [{ entry, content }] : []
}

function isKnown(content: Uint8Array<ArrayBuffer>, name: string): boolean {
  try {
    identify(content, name)
    return true
  } catch {
    return false
  }
}

const baseName = ({ name }: ZipEntry) => name.slice(name.lastIndexOf('/') + 1)
