/** The bundled examples: their list and their files, fetched from the page's host. */
import { array, type GenericSchema, object, optional, pipe, regex, safeParse, string } from 'valibot'
import { ProblemError } from '../../base/problem.ts'
import type { Example } from './source-state.ts'

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
    reference: optional(fileName),
    licence: string(),
  }),
)

const voiceSchema = object({
  title: string(),
  licence: string(),
  clips: array(object({ file: fileName, text: string() })),
})

/** A minute of one voice to fine-tune on: the files in `voice/` and the transcript of each. */
export type ExampleVoice = {
  readonly title: string
  readonly licence: string
  readonly clips: readonly { readonly file: string; readonly text: string }[]
}

export type ExampleLibrary = {
  list(): Promise<readonly Example[]>
  voice(): Promise<ExampleVoice>
  /** Reads one of an example's files; those of the voice are in `voice/`. */
  read(fileName: string): Promise<Uint8Array<ArrayBuffer>>
}

/** @param folder URL of `examples/`, with a trailing slash. */
export function openExampleLibrary(folder: string): ExampleLibrary {
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
      code: 'examples-unreadable',
      message: 'The list of bundled examples cannot be read.',
      found: parsed.issues[0].message,
      remedy: 'Open a file of your own, or reload the page.',
      file: name,
    })
  }

  return {
    read,
    list: () => readIndex('index.json', listSchema),
    voice: () => readIndex('voice/index.json', voiceSchema),
  }
}
