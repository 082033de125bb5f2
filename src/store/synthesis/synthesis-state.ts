/** The vocoder, its settings and the synthesis under way. */
import type { BackendReport } from '../../engine/vocoder-engine.ts'
import type { Settings } from './settings.ts'
import type { System } from './systems.ts'

/** How far one system is in the synthesis under way. */
export type Run = {
  readonly system: System
  readonly state: 'waiting' | 'loading' | 'running' | 'done' | 'failed'
  readonly step: number
  readonly steps: number
  /** 0..1 */
  readonly fraction: number
}

export type EngineStatus =
  | { readonly state: 'starting' }
  | { readonly state: 'ready'; readonly backend: BackendReport }
  | { readonly state: 'failed'; readonly reason: string }

export type EngineState = { readonly engine: EngineStatus }

export type RunState = {
  readonly settings: Settings
  /** Present while a synthesis is under way. */
  readonly runs?: readonly Run[]
}

export type EngineActions = {
  /** Starts the engine, lists the models and loads those of the chosen size, so that the first sound comes soon. */
  readonly startEngine: () => Promise<void>
  /** Resolves when the start under way has ended, well or not. */
  readonly engineStarted: () => Promise<void>
  /** Starts an engine that has failed once more; throws what the engine throws. */
  readonly reviveEngine: () => Promise<void>
}

export type RunActions = {
  readonly changeSettings: (change: Partial<Settings>) => void
  /** Makes a take of every system from the page's source. */
  readonly run: () => Promise<void>
  readonly cancel: () => void
}

export type SynthesisState = EngineState & RunState
export type SynthesisActions = EngineActions & RunActions
