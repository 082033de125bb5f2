/** What crosses between the page and the worker of the analysis. */
import type { WatchCall } from '../worker/heartbeat.ts'
import type { Analysis } from './analysis.ts'

type Method = Exclude<keyof Analysis, 'dispose'>

/** Every method as a call. */
export type AnalysisCalls = {
  [Kind in Method]: {
    payload: Parameters<Analysis[Kind]>[0]
    reply: Awaited<ReturnType<Analysis[Kind]>>
    progress: number
  }
} & { watch: WatchCall }
