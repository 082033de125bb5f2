/** The bundled examples: their list and their files, fetched from the page's host. */
import { array, object, optional, pipe, regex, string } from 'valibot'
import { openBundledFolder } from '../bundled-folder.ts'
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
  const { read, readIndex } = openBundledFolder(folder, 'example')
  return {
    read,
    list: () => readIndex('index.json', listSchema),
    voice: () => readIndex('voice/index.json', voiceSchema),
  }
}
