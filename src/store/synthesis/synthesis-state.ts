/** The vocoder, its settings and the current synthesis. */
import type { BackendReport } from '../../engine/vocoder-engine.ts'
import type { Settings } from './settings.ts'
import type { System } from './systems.ts'

/** The progress of one system in the current synthesis. */
export type Run = {
  readonly system: System
  readonly state: 'waiting' | 'loading' | 'running' | 'done' | 'failed'
  readonly step: number
  readonly steps: number
  /** Progress, 0..1. */
  readonly fraction: number
  /** The beginning of the waveform that can be heard already; only of a long one. */
  readonly madeSeconds?: number
}

export type EngineStatus =
  | { readonly state: 'starting' }
  | { readonly state: 'ready'; readonly backend: BackendReport }
  | { readonly state: 'failed'; readonly reason: string }

export type EngineState = { readonly engine: EngineStatus }

export type RunState = {
  readonly settings: Settings
  /** Present during a synthesis. */
  readonly runs?: readonly Run[]
}

export type StreamState = {
  /** Whether a waveform that is or was being made is heard. */
  readonly listening: boolean
}

export type StreamActions = {
  /** Plays what has been made of a long waveform, from its beginning; what is made later follows. */
  readonly listen: () => Promise<void>
  readonly stopListening: () => void
}

export type EngineActions = {
  /** Starts the engine, lists the models and loads those of the chosen size, so that the first sound comes soon. */
  readonly startEngine: () => Promise<void>
  /** Resolves when the current start has ended, successfully or not. */
  readonly engineStarted: () => Promise<void>
  /** Restarts an engine that has failed; rejects with the engine's problem. */
  readonly reviveEngine: () => Promise<void>
}

export type RunActions = {
  readonly changeSettings: (change: Partial<Settings>) => void
  /** Makes a take of every system from the page's source. */
  readonly run: () => Promise<void>
  readonly cancel: () => void
}

export type SynthesisState = EngineState & RunState & StreamState
export type SynthesisActions = EngineActions & RunActions & StreamActions
