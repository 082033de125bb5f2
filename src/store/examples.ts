/** The bundled examples: their list, and their files. Fetched from beside the page. */
import { array, object, optional, pipe, regex, safeParse, string } from 'valibot'
import { ProblemError } from '../base/problem.ts'
import type { Example } from './state.ts'

const fileName = pipe(string(), regex(/^[\w-]+\.\w+$/))
const listSchema = array(
  object({
    id: string(),
    title: string(),
    voice: string(),
    language: string(),
    text: string(),
    mel: fileName,
    audio: optional(fileName),
    licence: string(),
  }),
)

export type ExampleShelf = {
  list(): Promise<readonly Example[]>
  /** Bytes of one of an example's files. */
  read(fileName: string): Promise<Uint8Array<ArrayBuffer>>
}

/** @param folder address of `examples/`, with its slash. */
export function openExampleShelf(folder: string): ExampleShelf {
  async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const refusal = (found: string, cause?: unknown) =>
      new ProblemError(
        {
          code: 'example-unreachable',
          message: `The bundled example file ${name} could not be fetched.`,
          found,
          remedy: 'Check the connection and try again, or open a file of your own.',
          file: name,
        },
        { cause },
      )
    let response: Response
    try {
      response = await fetch(new URL(name, folder))
      if (response.ok) return new Uint8Array(await response.arrayBuffer())
    } catch (cause) {
      throw refusal('no answer', cause)
    }
    throw refusal(`HTTP ${response.status}`)
  }

  return {
    read,
    async list() {
      const text = new TextDecoder().decode(await read('index.json'))
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        json = undefined
      }
      const parsed = safeParse(listSchema, json)
      if (parsed.success) return parsed.output
      throw new ProblemError({
        code: 'examples-unreadable',
        message: 'The list of bundled examples is not what it should be.',
        found: parsed.issues[0].message,
        remedy: 'Open a file of your own; or reload the page.',
        file: 'index.json',
      })
    },
  }
}
