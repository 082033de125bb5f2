/** The calls between the page and the analysis worker. */
import type { WatchCall } from '../worker/heartbeat.ts'
import type { Analysis } from './analysis.ts'
import type { AudioPart, PartLevels } from './measure.ts'

/** Levels are measured part by part. */
type Method = Exclude<keyof Analysis, 'dispose' | 'measure'>

type ProgressOf<Options> =
  NonNullable<Options> extends { readonly onProgress?: (progress: infer Progress) => void } ? Progress : never

/** Every other method of the analysis is a call. */
export type AnalysisCalls = {
  [Kind in Method]: {
    payload: Parameters<Analysis[Kind]>[0]
    reply: Awaited<ReturnType<Analysis[Kind]>>
    progress: ProgressOf<Parameters<Analysis[Kind]>[1]>
  }
} & {
  watch: WatchCall
  measurePart: { payload: AudioPart; reply: PartLevels; progress: never }
}
