/**
 * Synthesis of many files, one after the other. The rows are plain values. The input files are outside the store; the
 * output files are outside the page's memory as well.
 */
import type { Problem } from '../../base/problem.ts'
import type { DownloadFile } from '../download-file.ts'
import type { Making, Quality, TakeCorrections } from '../takes/take.ts'

/** The systems that a batch can run, in the order of its columns. */
export const batchSystems = ['wavegrad', 'infergrad', 'tuned', 'no-network', 'griffin-lim'] as const
export type BatchSystem = (typeof batchSystems)[number]

export const wavEncodings = ['pcm16', 'pcm24', 'float32'] as const
export type BatchEncoding = (typeof wavEncodings)[number]

/**
 * One system of a batch with its settings, which are fixed when the batch starts, whatever changes on the page later.
 */
export type PlannedOutput = {
  readonly system: BatchSystem
  readonly modelId?: string
  /** The name of a user's model. */
  readonly modelName?: string
  readonly weightsSha256?: string
  /** The noise schedule; absent if no network is evaluated. */
  readonly betas?: readonly number[]
  /** The mel corrections that are applied to the output of a model or of its prior. */
  readonly corrections?: TakeCorrections
  /** Unsigned 32-bit integer. */
  readonly seed: number
  readonly encoding: BatchEncoding
}

export type BatchResult = {
  readonly planned: PlannedOutput
  /** Name of the WAV in the file store. */
  readonly keptAs: string
  readonly making: Making
  readonly sampleRateHz: number
  /** LUFS; -Infinity for silence. */
  readonly loudnessLufs: number
  /** SHA-256 of the samples as float32, in lower-case hexadecimal. */
  readonly audioSha256: string
  /** Absent if it could not be measured, for instance against a silent recording. */
  readonly quality?: Quality
}

export type BatchOutput = {
  readonly system: BatchSystem
  readonly state: 'waiting' | 'making' | 'measuring' | 'done' | 'failed'
  /** Progress of the synthesis, 0..1. */
  readonly fraction: number
  /** The reason why the output failed, or why a finished output has no figures. */
  readonly problem?: Problem
  /** Present once the output is finished. */
  readonly result?: BatchResult
}

export type BatchItem = {
  readonly id: string
  readonly name: string
  readonly state: 'waiting' | 'reading' | 'working' | 'done' | 'refused'
  /** The following values are known once the file has been read. */
  readonly kind?: 'mel' | 'audio'
  readonly readAs?: string
  readonly durationSeconds?: number
  /** The reason why the file was rejected. */
  readonly problem?: Problem
  readonly outputs: readonly BatchOutput[]
}

export type BatchStatus = 'idle' | 'running' | 'pausing' | 'paused'

export type BatchState = {
  readonly items: readonly BatchItem[]
  readonly systems: readonly BatchSystem[]
  readonly encoding: BatchEncoding
  readonly status: BatchStatus
  /** The plan of the current run, or of the last one. */
  readonly plan: readonly PlannedOutput[]
  /** Number and total duration of the outputs that the current run has made. */
  readonly pace?: { readonly outputs: number; readonly seconds: number }
  /** The place where the results are stored. */
  readonly keptIn?: 'disk' | 'memory'
  /** The output that is playing, or that played last. */
  readonly audible?: { readonly itemId: string; readonly system: BatchSystem }
  readonly playing: boolean
  /** Number of WAVs already in the archive while it is being made, out of `total`. */
  readonly packing?: { readonly done: number; readonly total: number }
}

export type BatchActions = {
  /** Removes the files that earlier visits left on the disk. */
  readonly removeLeftovers: () => Promise<void>
  /**
   * Adds a row for each file. The producers' files apply to these files, or to the rows that are not done if they come
   * alone.
   */
  readonly addFiles: (files: readonly File[], producerFiles?: readonly File[]) => void
  /** Opens a file of the batch as the page's source, where questions about it can be answered. */
  readonly askOnPage: (itemId: string) => Promise<void>
  /** Removes a row and stops its processing. */
  readonly remove: (itemId: string) => void
  /** Ends the run and removes all rows and results. */
  readonly clear: () => void
  readonly chooseSystem: (system: BatchSystem, chosen: boolean) => void
  readonly chooseEncoding: (encoding: BatchEncoding) => void
  /**
   * Makes the missing outputs with the page's current settings; outputs made with other settings are made again.
   * Resolves when the run has ended.
   */
  readonly start: () => Promise<void>
  /** Takes effect when the current output is finished. */
  readonly pause: () => void
  readonly resume: () => void
  /** Ends the run. The unfinished output is dropped; all others stay. */
  readonly cancel: () => void
  /** Retries one rejected row, or all of them; starts a run if none is in progress. */
  readonly retry: (itemId?: string) => Promise<void>
  /**
   * Plays an output, from the beginning if another file played before, otherwise at the same position. If this output
   * is already playing, it pauses.
   */
  readonly playOrPause: (itemId: string, system: BatchSystem) => Promise<void>
  readonly asWav: (itemId: string, system: BatchSystem) => Promise<DownloadFile | undefined>
  readonly asCsv: () => Promise<DownloadFile | undefined>
  /** Returns an archive of all WAVs and the table. */
  readonly asZip: () => Promise<DownloadFile | undefined>
  readonly cancelZip: () => void
}
