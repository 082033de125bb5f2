/** The samples that can be heard before anything is computed: their list and their files (`npm run samples`). */
import {
  array,
  finite,
  integer,
  number,
  object,
  optional,
  picklist,
  pipe,
  record,
  regex,
  string,
} from 'valibot'
import { openBundledFolder } from '../bundled-folder.ts'
import type { SampleClip } from './samples-state.ts'

const sha256 = pipe(string(), regex(/^[0-9a-f]{64}$/))

/** `public/samples/index.json`. */
export const sampleListSchema = object({
  /** SHA-256 of the weights and of the configuration of each model at the time when it made the samples. */
  models: record(string(), object({ weights: sha256, config: sha256 })),
  clips: array(
    object({
      id: string(),
      title: string(),
      text: string(),
      language: string(),
      sampleRateHz: pipe(number(), integer()),
      samples: array(
        object({
          system: picklist(['no-network', 'wavegrad', 'infergrad', 'recording']),
          steps: optional(pipe(number(), integer())),
          file: pipe(string(), regex(/^[\w-]+\.flac$/)),
          picture: pipe(string(), regex(/^[\w-]+\.webp$/)),
          loudnessLufs: pipe(number(), finite()),
        }),
      ),
    }),
  ),
})

export type SampleLibrary = {
  clips(): Promise<readonly SampleClip[]>
  read(fileName: string): Promise<Uint8Array<ArrayBuffer>>
}

/** @param folder URL of `samples/`, with a trailing slash. */
export function openSampleLibrary(folder: string): SampleLibrary {
  const { read, readIndex } = openBundledFolder(folder, 'sample')
  const address = (fileName: string) => new URL(fileName, folder).href
  return {
    read,
    async clips() {
      const { clips } = await readIndex('index.json', sampleListSchema)
      return clips.map(({ samples, ...clip }) => ({
        ...clip,
        samples: samples.map(({ picture, ...sample }) => ({ ...sample, picture: address(picture) })),
      }))
    },
  }
}
