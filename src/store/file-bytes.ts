/** Reads the bytes of a file that the user chose or dropped. */
import { ProblemError } from '../base/problem.ts'

export type NamedBytes = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }

const maxFileBytes = 512 * 2 ** 20

/** Rejects with `file-too-large` or `file-unreadable`. */
export async function bytesOf(file: File): Promise<NamedBytes> {
  if (file.size > maxFileBytes) {
    throw new ProblemError({
      code: 'file-too-large',
      message: `${file.name} is too large to open.`,
      found: `${Math.round(file.size / 2 ** 20)} MB`,
      accepted: `up to ${maxFileBytes / 2 ** 20} MB`,
      remedy: 'Cut it into shorter files.',
      file: file.name,
    })
  }
  try {
    return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'file-unreadable',
        message: `${file.name} could not be read from the disk.`,
        remedy: 'If it is a folder, open a file in it; if it was moved or changed, choose it again.',
        file: file.name,
      },
      { cause },
    )
  }
}
