/** The analysis in the calling thread. The analysis worker and tests in Node run it. */
import { importChunk } from '../base/import-chunk.ts'
import { sha256Of } from '../base/sha256.ts'
import type { Analysis } from './analysis.ts'
import type { AudioPart, PartLevels } from './measure.ts'
import { decodeFile, openFile } from './open-file.ts'

const evaluation = async () => (await importChunk(import('./evaluation.ts'))).evaluation

/** The levels of a part of audio. Rejects with `part-unreachable`. */
export async function measurePart(part: AudioPart): Promise<PartLevels> {
  return (await importChunk(import('./measure.ts'))).measurePart(part)
}

/** Creates the analysis. It keeps no state between calls, and its methods reject instead of throwing synchronously. */
export function createAnalysis(): Analysis {
  return {
    open: openFile,
    decode: decodeFile,
    unpack: async (file) => (await importChunk(import('./unpack.ts'))).unpackFile(file),
    analyse: async (input) => (await importChunk(import('./analyse.ts'))).analyse(input),
    measure: async ({ audio }) =>
      (await importChunk(import('./in-parts.ts'))).measureInParts(audio, measurePart),
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
