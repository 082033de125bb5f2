/** The analysis in the calling thread. The analysis worker and tests in Node run it. */
import { importChunk } from '../base/import-chunk.ts'
import { sha256Of } from '../base/sha256.ts'
import type { Analysis } from './analysis.ts'
import { measureInParts } from './in-parts.ts'
import { measurePart } from './measure.ts'
import { decodeFile, openFile } from './open-file.ts'
import { unpackFile } from './unpack.ts'

const evaluation = async () => (await importChunk(import('./evaluation.ts'))).evaluation

/** Creates the analysis. It keeps no state between calls, and its methods reject instead of throwing synchronously. */
export function createAnalysis(): Analysis {
  return {
    open: openFile,
    decode: decodeFile,
    unpack: unpackFile,
    analyse: async (input) => (await importChunk(import('./analyse.ts'))).analyse(input),
    measure: ({ audio }) => measureInParts(audio, async (part) => measurePart(part)),
    compare: async (input, options) => (await evaluation()).compare(input, options),
    griffinLim: async (input, options) => (await evaluation()).griffinLim(input, options),
    openReference: async (file) => (await evaluation()).openReference(file),
    difference: async (input) => (await evaluation()).difference(input),
    melDifference: async (input) => (await evaluation()).melDifference(input),
    lowPass: async (input) => (await evaluation()).lowPass(input),
    async sha256({ samples }) {
      return sha256Of(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    },
    encodeWav: async (input) => (await evaluation()).encodeWav(input),
    encodeMel: async (mel) => (await evaluation()).encodeMel(mel),
    dispose() {},
  }
}
