/**
 * Runs a batch: one file and one system at a time, so that memory holds one mel and one waveform, however many files
 * there are. A failure is reported in its row, and the run continues with the next one.
 */
import { type Problem, toProblem } from '../../base/problem.ts'
import type { MelConvention } from '../../dsp/mel/mel-spectrogram.ts'
import type { FileStore } from '../../storage/file-store.ts'
import type { PageAccess } from '../slice.ts'
import { type Input, readFile } from '../source/read-input.ts'
import { outputsFor } from './batch-plan.ts'
import type { BatchItem, BatchOutput, BatchSystem, PlannedOutput } from './batch-state.ts'
import { makeOutput } from './make-output.ts'

/** The parts of the slice that a run needs. */
export type BatchRun = {
  readonly page: PageAccess
  readonly files: FileStore
  readonly plan: readonly PlannedOutput[]
  readonly convention: MelConvention
  /** Returns the next row to process, with its file. */
  readonly next: () =>
    | { readonly item: BatchItem; readonly file: File; readonly producerFiles: readonly File[] }
    | undefined
  readonly update: (itemId: string, change: Partial<BatchItem>) => void
  readonly updateOutput: (itemId: string, system: BatchSystem, change: Partial<BatchOutput>) => void
  readonly itemOf: (itemId: string) => BatchItem | undefined
  /** Returns a signal that is aborted when the row is removed or the run is cancelled. */
  readonly beginItem: () => AbortSignal
  readonly tellPace: (seconds: number) => void
  /** Waits while the run is paused; rejects with an AbortError once it is cancelled. */
  readonly pass: () => Promise<void>
  /** Pauses the run because of a problem that affects every row. */
  readonly halt: (problem: Problem) => void
}

/** Resolves when no row is left to process; rejects with an AbortError if cancelled. */
export async function runBatch(run: BatchRun): Promise<void> {
  for (;;) {
    await run.pass()
    const next = run.next()
    if (!next) return
    await runItem(run, next.item, next.file, next.producerFiles)
  }
}

async function runItem(
  run: BatchRun,
  item: BatchItem,
  file: File,
  producerFiles: readonly File[],
): Promise<void> {
  const { page, plan, convention, update, itemOf, pass } = run
  const signal = run.beginItem()
  try {
    update(item.id, { state: 'reading', problem: undefined, outputs: outputsFor(item, plan) })
    const input = await readFile(page.services, file, convention, {
      producerFiles,
      corrected: page.get().source.melFile,
    })
    signal.throwIfAborted()
    update(item.id, {
      state: 'working',
      kind: input.kind,
      readAs: input.readAs,
      durationSeconds: (input.mel.frames * convention.hopSamples) / convention.sampleRateHz,
    })
    for (const planned of plan) {
      const waits = () =>
        itemOf(item.id)?.outputs.some(
          ({ system, state }) => system === planned.system && state === 'waiting',
        ) ?? false
      // The loop repeats if the storage was full and the user resumed the run after freeing space.
      while (waits()) {
        await pass()
        signal.throwIfAborted()
        await runOutput(run, item.id, input, planned, signal)
      }
    }
    const problem = itemOf(item.id)?.outputs.find(({ state }) => state === 'failed')?.problem
    update(item.id, { state: problem ? 'refused' : 'done', problem })
  } catch (thrown) {
    if (!signal.aborted) update(item.id, { state: 'refused', problem: toProblem(thrown) })
    else update(item.id, { state: 'waiting', outputs: unfinishedAgain(itemOf(item.id)) })
  }
}

async function runOutput(
  run: BatchRun,
  itemId: string,
  input: Input,
  planned: PlannedOutput,
  signal: AbortSignal,
): Promise<void> {
  const { page, files, updateOutput } = run
  const { system } = planned
  const startedAt = performance.now()
  try {
    const made = await makeOutput(
      page,
      files,
      { itemId, input, planned },
      { signal, onChange: (change) => updateOutput(itemId, system, change) },
    )
    updateOutput(itemId, system, { state: 'done', ...made })
    run.tellPace((performance.now() - startedAt) / 1000)
  } catch (thrown) {
    if (signal.aborted) throw thrown
    const problem = toProblem(thrown)
    if (problem.code === 'storage-full') {
      updateOutput(itemId, system, { state: 'waiting', fraction: 0 })
      run.halt(problem)
    } else updateOutput(itemId, system, { state: 'failed', problem })
  }
}

function unfinishedAgain(item: BatchItem | undefined): readonly BatchOutput[] {
  return (item?.outputs ?? []).map((output) =>
    output.state === 'done' ? output : { system: output.system, state: 'waiting', fraction: 0 },
  )
}
