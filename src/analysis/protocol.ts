/** The calls between the page and the analysis worker. */
import type { WatchCall } from '../worker/heartbeat.ts'
import type { Analysis } from './analysis.ts'

type Method = Exclude<keyof Analysis, 'dispose'>

type ProgressOf<Options> =
  NonNullable<Options> extends { readonly onProgress?: (progress: infer Progress) => void } ? Progress : never

/** Every method of the analysis is a call. */
export type AnalysisCalls = {
  [Kind in Method]: {
    payload: Parameters<Analysis[Kind]>[0]
    reply: Awaited<ReturnType<Analysis[Kind]>>
    progress: ProgressOf<Parameters<Analysis[Kind]>[1]>
  }
} & { watch: WatchCall }
