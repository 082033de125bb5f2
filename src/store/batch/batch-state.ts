/**
 * Many files, one after the other. The rows are plain values; the files that came in and those that were made lie outside
 * the store, the latter outside the page's memory as well.
 */
import type { Problem } from '../../base/problem.ts'
import type { DownloadFile } from '../download-file.ts'
import type { Making, Quality, TakeCorrections } from '../takes/take.ts'

/** The systems that a batch can run, in the order of its columns. */
export const batchSystems = ['wavegrad', 'infergrad', 'tuned', 'no-network', 'griffin-lim'] as const
export type BatchSystem = (typeof batchSystems)[number]

export const wavEncodings = ['pcm16', 'pcm24', 'float32'] as const
export type BatchEncoding = (typeof wavEncodings)[number]

/** One system as a batch runs it: fixed when the batch starts, whatever is changed on the page meanwhile. */
export type PlannedOutput = {
  readonly system: BatchSystem
  readonly modelId?: string
  /** The name of a model of the user's own. */
  readonly modelName?: string
  readonly weightsSha256?: string
  /** Absent where no network is evaluated. */
  readonly betas?: readonly number[]
  /** The mel corrections of what a model or its prior makes. */
  readonly corrections?: TakeCorrections
  /** Unsigned 32-bit integer. */
  readonly seed: number
  readonly encoding: BatchEncoding
}

export type BatchResult = {
  readonly planned: PlannedOutput
  /** Its name among the kept files. */
  readonly keptAs: string
  readonly making: Making
  readonly sampleRateHz: number
  /** LUFS; -Infinity for silence. */
  readonly loudnessLufs: number
  /** The hash of the samples as float32, lower-case hexadecimal. */
  readonly audioSha256: string
  /** Absent where it could not be measured, such as against a silent recording. */
  readonly quality?: Quality
}

export type BatchOutput = {
  readonly system: BatchSystem
  readonly state: 'waiting' | 'making' | 'measuring' | 'done' | 'failed'
  /** 0..1, of the making. */
  readonly fraction: number
  /** Why it failed; or, of one that is done, why it has no figures. */
  readonly problem?: Problem
  /** Once it is done. */
  readonly result?: BatchResult
}

export type BatchItem = {
  readonly id: string
  readonly name: string
  readonly state: 'waiting' | 'reading' | 'working' | 'done' | 'refused'
  /** These are known once it was read. */
  readonly kind?: 'mel' | 'audio'
  readonly readAs?: string
  readonly durationSeconds?: number
  /** Why it was refused. */
  readonly problem?: Problem
  readonly outputs: readonly BatchOutput[]
}

export type BatchStatus = 'idle' | 'running' | 'pausing' | 'paused'

export type BatchState = {
  readonly items: readonly BatchItem[]
  readonly systems: readonly BatchSystem[]
  readonly encoding: BatchEncoding
  readonly status: BatchStatus
  /** The plan of the run under way, or of the last one. */
  readonly plan: readonly PlannedOutput[]
  /** How long the outputs took that the run under way has made, all in all. */
  readonly pace?: { readonly outputs: number; readonly seconds: number }
  /** Where the results lie. */
  readonly keptIn?: 'disk' | 'memory'
  /** The output that is heard, or was heard last. */
  readonly heard?: { readonly itemId: string; readonly system: BatchSystem }
  readonly playing: boolean
  /** While an archive is made: WAVs that are in it, of so many. */
  readonly packing?: { readonly done: number; readonly total: number }
}

export type BatchActions = {
  /** Removes what earlier visits left on the disk. */
  readonly removeLeftovers: () => Promise<void>
  readonly addFiles: (files: readonly File[]) => void
  /** Removes a row, and stops what is being made of it. */
  readonly remove: (itemId: string) => void
  /** Ends the run and removes all rows and results. */
  readonly clear: () => void
  readonly chooseSystem: (system: BatchSystem, chosen: boolean) => void
  readonly chooseEncoding: (encoding: BatchEncoding) => void
  /**
   * Makes what is not there yet on the page's settings as they are now; what was made on others is made again. Resolves
   * when the run has ended.
   */
  readonly start: () => Promise<void>
  /** Takes effect when the output under way is done. */
  readonly pause: () => void
  readonly resume: () => void
  /** Ends the run: the output under way is dropped, the rest stays. */
  readonly cancel: () => void
  /** Tries one refused row again, or all of them; starts a run where there is none. */
  readonly retry: (itemId?: string) => Promise<void>
  /** Plays from the beginning where another file was heard before, else at the same place; falls silent the second time. */
  readonly hear: (itemId: string, system: BatchSystem) => Promise<void>
  readonly asWav: (itemId: string, system: BatchSystem) => Promise<DownloadFile | undefined>
  readonly asCsv: () => Promise<DownloadFile | undefined>
  /** An archive of all WAVs and the table. */
  readonly asZip: () => Promise<DownloadFile | undefined>
  readonly cancelZip: () => void
}
