/** The files of a folder that comes with the page, fetched from the page's host. */
import { type GenericSchema, safeParse } from 'valibot'
import { DownloadError, download } from '../base/download.ts'
import { ProblemError } from '../base/problem.ts'

export type BundledFolder = {
  /** Rejects with `example-unreachable`, or with the code of the folder's noun. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>
  /** Reads a list in JSON; rejects with `examples-unreadable`, or with the code of the folder's noun. */
  readIndex<Index>(name: string, schema: GenericSchema<unknown, Index>): Promise<Index>
}

/**
 * @param folder its URL, with a trailing slash.
 * @param noun what the folder holds, in the singular.
 */
export function openBundledFolder(folder: string, noun: 'example' | 'sample'): BundledFolder {
  async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const refusal = (found: string, cause?: unknown) =>
      new ProblemError(
        {
          code: `${noun}-unreachable`,
          message: `The bundled ${noun} file ${name} could not be fetched.`,
          found,
          remedy: 'Check the connection and try again, or open a file of your own.',
          file: name,
        },
        { cause },
      )
    try {
      return await download(new URL(name, folder), {
        // The files that the user sees first take precedence over the weights, which load at the same time.
        init: { priority: 'high' },
        onResponse({ ok, status }) {
          if (!ok) throw refusal(`HTTP ${status}`)
        },
      })
    } catch (thrown) {
      throw thrown instanceof DownloadError ? refusal(thrown.found, thrown) : thrown
    }
  }

  async function readIndex<Index>(name: string, schema: GenericSchema<unknown, Index>): Promise<Index> {
    const text = new TextDecoder().decode(await read(name))
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      json = undefined
    }
    const parsed = safeParse(schema, json)
    if (parsed.success) return parsed.output
    throw new ProblemError({
      code: `${noun}s-unreadable`,
      message: `The list of bundled ${noun}s is damaged.`,
      found: parsed.issues[0].message,
      remedy: 'Reload the page, or open a file of your own.',
      file: name,
    })
  }

  return { read, readIndex }
}
