/** Reads the bytes of a file that the user chose or dropped. */
import { ProblemError } from '../base/problem.ts'

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

const maxFileBytes = 512 * 2 ** 20

export type NamedBlob = { readonly name: string; readonly blob: Blob }

/** Reads all of it. Rejects with `file-too-large` or `file-unreadable`. */
export async function bytesOf(file: File): Promise<NamedBytes> {
  checkSize(file)
  return { name: file.name, bytes: new Uint8Array(await readingOf(file, file)) }
}

/** Returns a file that others can read. Rejects with `file-too-large` or `file-unreadable`. */
export async function readable(file: File): Promise<NamedBlob> {
  checkSize(file)
  await readingOf(file, file.slice(0, 1))
  return { name: file.name, blob: file }
}

export const blobOf = ({ name, bytes }: NamedBytes): NamedBlob => ({ name, blob: new Blob([bytes]) })

function checkSize(file: File): void {
  if (file.size <= maxFileBytes) return
  throw new ProblemError({
    code: 'file-too-large',
    message: `${file.name} is too large to open.`,
    found: `${Math.round(file.size / 2 ** 20)} MB`,
    accepted: `up to ${maxFileBytes / 2 ** 20} MB`,
    remedy: 'Cut it into shorter files.',
    file: file.name,
  })
}

/** A file of the disk may have been moved, and a folder looks like a file until it is read. */
async function readingOf({ name }: File, part: Blob): Promise<ArrayBuffer> {
  try {
    return await part.arrayBuffer()
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'file-unreadable',
        message: `${name} could not be read from the disk.`,
        remedy: 'If it is a folder, open a file in it; if it was moved or changed, choose it again.',
        file: name,
      },
      { cause },
    )
  }
}
