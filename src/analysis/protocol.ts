/** What crosses between the page and the worker of the analysis. */
import type { Analysis } from './analysis.ts'

type Method = Exclude<keyof Analysis, 'dispose'>

/**
 * Every method as a call; `live` is never answered, but tells once whether the worker holds the lock that betrays its end.
 * Where it cannot, its end shows by its errors alone.
 */
export type AnalysisCalls = {
  [Kind in Method]: {
    payload: Parameters<Analysis[Kind]>[0]
    reply: Awaited<ReturnType<Analysis[Kind]>>
    progress: number
  }
} & { live: { payload: { readonly lockName: string }; reply: never; progress: 'locked' | 'unlocked' } }
