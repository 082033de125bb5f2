/** The rows of a batch, the run that processes them, and the export of the results. */
import { importChunk } from '../../base/import-chunk.ts'
import { abortError, ProblemError } from '../../base/problem.ts'
import type { FileStore } from '../../storage/file-store.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { modelChoice } from '../synthesis/plan-models.ts'
import { archiveStems, folderName } from './archive-names.ts'
import { isToDo, keptName, planBatch } from './batch-plan.ts'
import { createBatchPlayback } from './batch-playback.ts'
import type { BatchActions, BatchItem, BatchOutput, BatchState, BatchSystem } from './batch-state.ts'

type BatchSource = { readonly file: File; readonly producerFiles: readonly File[] }

export function createBatchSlice(context: SliceContext<'batch'>): Slice<BatchState, BatchActions> {
  const { get, set, actions, services } = context
  const sources = new Map<string, BatchSource>()
  let kept: FileStore | undefined
  let nextNumber = 1
  let run = new AbortController()
  let item = new AbortController()
  let workingOn: string | undefined
  let goOn = () => {}
  let packing = new AbortController()

  const files = () => {
    kept ??= services.fileStore('batch', { fresh: true })
    return kept
  }
  const itemOf = (itemId: string) => get().batch.items.find(({ id }) => id === itemId)
  const update = (itemId: string, change: Partial<BatchItem>) =>
    set({
      items: get().batch.items.map((one) => (one.id === itemId ? { ...one, ...change } : one)),
    })
  const updateOutput = (itemId: string, system: BatchSystem, change: Partial<BatchOutput>) => {
    const { outputs = [] } = itemOf(itemId) ?? {}
    update(itemId, {
      outputs: outputs.map((output) => (output.system === system ? { ...output, ...change } : output)),
    })
  }
  const playback = createBatchPlayback(context, files)

  function next() {
    const waiting = get().batch.items.find(({ state }) => state === 'waiting')
    const source = waiting && sources.get(waiting.id)
    if (!source) return undefined
    workingOn = waiting.id
    return { item: waiting, ...source }
  }

  async function runThrough(): Promise<void> {
    const plan = planBatch(modelChoice(get()), get().batch)
    const convention = await actions.models.convention()
    set({
      plan,
      pace: undefined,
      items: get().batch.items.map((one) => (isToDo(one, plan) ? { ...one, state: 'waiting' } : one)),
    })
    const { runBatch } = await importChunk(import('./run-batch.ts'))
    let letTrainingGoOn = services.trainer.hold()
    try {
      await runBatch({
        page: context,
        files: files(),
        plan,
        convention,
        next,
        update,
        updateOutput,
        itemOf,
        beginItem() {
          item = new AbortController()
          if (run.signal.aborted) item.abort()
          return item.signal
        },
        tellPace(seconds) {
          const { pace = { outputs: 0, seconds: 0 } } = get().batch
          set({
            pace: { outputs: pace.outputs + 1, seconds: pace.seconds + seconds },
            keptIn: files().keptIn,
          })
        },
        async pass() {
          if (run.signal.aborted) throw abortError()
          if (get().batch.status === 'pausing') {
            set({ status: 'paused' })
            letTrainingGoOn()
            await new Promise<void>((resolve) => {
              goOn = resolve
            })
            letTrainingGoOn = services.trainer.hold()
          }
          if (run.signal.aborted) throw abortError()
        },
        halt(problem) {
          actions.problems.report(new ProblemError(problem))
          set({ status: 'pausing' })
        },
      })
    } finally {
      letTrainingGoOn()
    }
  }

  function cancel(): void {
    run.abort()
    item.abort()
    goOn()
  }

  return {
    state: {
      items: [],
      systems: ['wavegrad', 'infergrad', 'tuned', 'griffin-lim'],
      encoding: 'pcm16',
      status: 'idle',
      plan: [],
      playing: false,
    },
    actions: {
      async removeLeftovers() {
        try {
          await files().names()
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      addFiles(inputs, beside = []) {
        const items = inputs.map((file): BatchItem => {
          const id = `file-${nextNumber++}`
          sources.set(id, { file, producerFiles: beside })
          return { id, name: file.name, state: 'waiting', outputs: [] }
        })
        // Configurations that come alone belong to the files that wait for them.
        if (inputs.length === 0) {
          for (const { id, state } of get().batch.items) {
            const source = sources.get(id)
            if (!source || state === 'done') continue
            sources.set(id, { ...source, producerFiles: [...source.producerFiles, ...beside] })
          }
        }
        set({ items: [...get().batch.items, ...items] })
      },
      async askOnPage(itemId) {
        const source = sources.get(itemId)
        if (source) await actions.source.openFile(source.file, source.producerFiles)
      },
      remove(itemId) {
        const removed = itemOf(itemId)
        if (!removed) return
        playback.forget(itemId)
        set({ items: get().batch.items.filter((one) => one !== removed) })
        sources.delete(itemId)
        if (itemId === workingOn) item.abort()
        for (const { system, result } of removed.outputs)
          if (result) files().remove(keptName(itemId, system)).catch(actions.problems.report)
      },
      clear() {
        cancel()
        packing.abort()
        playback.forget()
        set({ items: [] })
        sources.clear()
        kept?.clear().catch(actions.problems.report)
      },
      chooseSystem(system, chosen) {
        const others = get().batch.systems.filter((one) => one !== system)
        set({ systems: chosen ? [...others, system] : others })
      },
      chooseEncoding: (encoding) => set({ encoding }),
      async start() {
        if (get().batch.status !== 'idle') return
        set({ status: 'running' })
        run = new AbortController()
        try {
          await runThrough()
        } catch (thrown) {
          actions.problems.report(thrown)
        } finally {
          workingOn = undefined
          set({ status: 'idle', pace: undefined })
        }
      },
      pause() {
        if (get().batch.status === 'running') set({ status: 'pausing' })
      },
      resume() {
        const { status } = get().batch
        if (status !== 'pausing' && status !== 'paused') return
        set({ status: 'running' })
        goOn()
      },
      cancel,
      async retry(itemId) {
        set({
          items: get().batch.items.map((one) =>
            one.state === 'refused' && (itemId === undefined || one.id === itemId)
              ? { ...one, state: 'waiting', problem: undefined }
              : one,
          ),
        })
        await actions.batch.start()
      },
      playOrPause: playback.playOrPause,
      async asWav(itemId, system) {
        const { items } = get().batch
        const result = itemOf(itemId)?.outputs.find((output) => output.system === system)?.result
        try {
          const bytes = result && (await files().read(result.keptAs))
          return (
            bytes && {
              name: `${archiveStems(items).get(itemId)}-${folderName(result.planned)}.wav`,
              bytes,
            }
          )
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
      async asCsv() {
        try {
          const { batchCsv } = await importChunk(import('./batch-csv.ts'))
          return {
            name: 'figures.csv',
            bytes: new TextEncoder().encode(`\ufeff${batchCsv(get().batch.items)}`),
          }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
      async asZip() {
        if (get().batch.packing) return undefined
        packing = new AbortController()
        set({ packing: { done: 0, total: 0 } })
        try {
          const { batchZip } = await importChunk(import('./batch-zip.ts'))
          const bytes = await batchZip(files(), get().batch.items, {
            signal: packing.signal,
            onProgress: (done, total) => set({ packing: { done, total } }),
          })
          return { name: 'batch.zip', bytes }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        } finally {
          set({ packing: undefined })
        }
      },
      cancelZip: () => packing.abort(),
    },
  }
}
