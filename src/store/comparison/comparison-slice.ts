/**
 * The paper's comparison by the reader's own machine: both models at 2, 3 and 6 steps on the page's source, each on its own
 * schedule, as kept takes. Row by row, so that a cancel or an error keeps what is done, and a second press goes on.
 */
import { ProblemError } from '../../base/problem.ts'
import type { SynthesisProgress } from '../../engine/vocoder-engine.ts'
import { slug } from '../file-names.ts'
import type { Services } from '../services.ts'
import type { GetState, Making, SetState, Source } from '../state.ts'
import { planControl, planModels } from '../synthesis/plan-models.ts'
import { correctionsFor, modelsOfSize } from '../synthesis/settings.ts'
import { vocode, vocodeWithoutNetwork } from '../synthesis/vocode.ts'
import { measureTake } from '../takes/measure-take.ts'
import { placeTake, removeTake } from '../takes/takes.ts'
import { comparisonCsv } from './comparison-csv.ts'
import { type ComparisonRow, comparedSteps, type ResultsSlice } from './comparison-state.ts'

export function createResultsSlice(set: SetState, get: GetState, services: Services): ResultsSlice {
  const { clips, signals, trainer, spareCore } = services
  let controller: AbortController | undefined

  const isRow = (row: ComparisonRow, { system, steps }: Pick<ComparisonRow, 'system' | 'steps'>) =>
    row.system === system && row.steps === steps

  function updateRow(which: ComparisonRow, change: Partial<ComparisonRow>): void {
    set(({ comparison }) => ({
      comparison: comparison?.map((row) => (isRow(row, which) ? { ...row, ...change } : row)),
    }))
  }

  /** Whether the settings would make it the same way. */
  function isAsSet({ seed, modelId, corrections }: Partial<Making>): boolean {
    const { settings, models } = get()
    const model = modelsOfSize(models, settings.size).find(({ id }) => id === modelId)
    if (!model || seed !== settings.seed) return false
    const { count, momentum } = correctionsFor(settings.corrections, model)
    return corrections?.count === count && corrections.momentum === momentum
  }

  /** The rows to be made; those that are there as the settings would make them are done, the takes of others go. */
  function plan(): readonly ComparisonRow[] {
    const { comparison = [], takes, settings } = get()
    const rows: readonly Pick<ComparisonRow, 'system' | 'steps'>[] = [
      ...(settings.control ? [{ system: 'no-network', steps: 0 } as const] : []),
      ...comparedSteps.flatMap((steps) =>
        (['wavegrad', 'infergrad'] as const).map((system) => ({ system, steps })),
      ),
    ]
    return rows.map((row): ComparisonRow => {
      const before = comparison.find((one) => isRow(one, row))
      const take = takes.find(({ id }) => id === before?.takeId)
      if (before?.state === 'done' && take?.making && isAsSet(take.making)) return before
      if (take) removeTake(set, get, services, take.id)
      return { ...row, state: 'waiting', fraction: 0 }
    })
  }

  function planRow(row: ComparisonRow) {
    const { settings, models } = get()
    if (row.steps === 0) return planControl({ settings, models })
    const asked = { ...settings, steps: `${row.steps}`, scheduleMode: 'own' } as const
    return planModels({ settings: asked, models }).find(({ system }) => system === row.system)
  }

  async function make(row: ComparisonRow, source: Source, signal: AbortSignal, vocoderIdle: Promise<void>) {
    const { settings, models } = get()
    const planned = planRow(row)
    const mel = signals.mel(source.melId)
    if (!mel) return
    if (!planned) {
      throw new ProblemError({
        code: 'model-missing',
        message: 'One of the two models of this size is missing, so there is nothing to compare.',
        found: models.map(({ id }) => id).join(', '),
        accepted: `a WaveGrad and an InferGrad of the size “${settings.size}”`,
        remedy: 'Choose another size of model.',
      })
    }
    updateRow(row, { state: 'loading' })
    const input = { ...planned, mel, convention: source.convention, seed: settings.seed }
    const options = {
      signal,
      onLoaded: () => updateRow(row, { state: 'running' }),
      onProgress: ({ fraction }: SynthesisProgress) => updateRow(row, { fraction }),
    }
    const made =
      'betas' in input
        ? await vocode(get, services, input, options)
        : await vocodeWithoutNetwork(get, services, input, options)
    signal.throwIfAborted()
    const { samples, sampleRateHz, making } = made
    const id = clips.add({ samples, sampleRateHz })
    placeTake(set, get, services, {
      id,
      system: row.system,
      place: 'kept',
      keep: false,
      durationSeconds: samples.length / sampleRateHz,
      making,
    })
    updateRow(row, { state: 'done', fraction: 1, takeId: id })
    void measureTake(set, get, services, id, source, vocoderIdle)
  }

  return {
    isComparing: false,
    async compareSteps() {
      const { source, isComparing } = get()
      if (isComparing || !source) return
      controller = new AbortController()
      const { signal } = controller
      let tellIdle = () => {}
      const silence = new Promise<void>((resolve) => {
        tellIdle = resolve
      })
      const vocoderIdle = spareCore ? Promise.resolve() : silence
      const letTrainingGoOn = trainer.hold()
      try {
        const rows = plan()
        set({ comparison: rows, isComparing: true })
        for (const row of rows) {
          if (row.state === 'done') continue
          try {
            signal.throwIfAborted()
            await make(row, source, signal, vocoderIdle)
          } catch (thrown) {
            if (signal.aborted) break
            updateRow(row, { state: 'failed' })
            get().report(thrown)
          }
        }
      } finally {
        set(({ comparison }) => ({
          isComparing: false,
          comparison: comparison?.map((row) =>
            row.state === 'loading' || row.state === 'running'
              ? { ...row, state: 'waiting', fraction: 0 }
              : row,
          ),
        }))
        letTrainingGoOn()
        tellIdle()
      }
    },
    cancelComparison: () => controller?.abort(),
    clearComparison() {
      controller?.abort()
      set({ comparison: undefined })
    },
    comparisonAsCsv() {
      const { comparison, takes, source } = get()
      if (!comparison || !source) return undefined
      const bytes = new TextEncoder().encode(comparisonCsv(comparison, takes, source.title))
      return { name: `${slug(source.exampleId ?? source.title)}-comparison.csv`, bytes }
    },
  }
}
