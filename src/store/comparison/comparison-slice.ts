/**
 * The paper's comparison on the user's own machine: both models at 2, 3 and 6 steps on the page's source, each with its
 * own schedule, as kept takes. It proceeds row by row, so a cancel or an error keeps the finished rows, and another run
 * continues with the rest.
 */
import { ProblemError } from '../../base/problem.ts'
import type { SynthesisProgress } from '../../engine/vocoder-engine.ts'
import { slug } from '../file-names.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { Source } from '../source/source-state.ts'
import { planControl, planModels } from '../synthesis/plan-models.ts'
import { correctionsFor, modelsOfSize } from '../synthesis/settings.ts'
import { vocode, vocodeWithoutNetwork } from '../synthesis/vocode.ts'
import type { Making } from '../takes/take.ts'
import { comparisonCsv } from './comparison-csv.ts'
import {
  type ComparisonActions,
  type ComparisonRow,
  type ComparisonState,
  comparedSteps,
} from './comparison-state.ts'

export function createComparisonSlice(
  context: SliceContext<'comparison'>,
): Slice<ComparisonState, ComparisonActions> {
  const { get, set, actions, services, watch } = context
  const { signals, trainer, spareCore } = services
  let controller: AbortController | undefined

  watch(
    ({ source }) => source.current,
    () => {
      controller?.abort()
      set({ rows: [] })
    },
  )

  const isRow = (row: ComparisonRow, { system, steps }: Pick<ComparisonRow, 'system' | 'steps'>) =>
    row.system === system && row.steps === steps

  function updateRow(which: ComparisonRow, change: Partial<ComparisonRow>): void {
    set(({ rows }) => ({ rows: rows.map((row) => (isRow(row, which) ? { ...row, ...change } : row)) }))
  }

  /** Whether the current settings would make the take in the same way. */
  function isAsSet({ seed, modelId, corrections }: Partial<Making>): boolean {
    const settings = get().synthesis.settings
    const models = get().models.all
    const model = modelsOfSize(models, settings.size).find(({ id }) => id === modelId)
    if (!model || seed !== settings.seed) return false
    const { count, momentum } = correctionsFor(settings.corrections, model)
    return corrections?.count === count && corrections.momentum === momentum
  }

  /**
   * Returns the rows to make. Rows whose takes match the settings are done; the takes of the other rows are removed.
   */
  function plan(): readonly ComparisonRow[] {
    const made = get().comparison.rows
    const takes = get().takes.all
    const settings = get().synthesis.settings
    const rows: readonly Pick<ComparisonRow, 'system' | 'steps'>[] = [
      ...(settings.control ? [{ system: 'no-network', steps: 0 } as const] : []),
      ...comparedSteps.flatMap((steps) =>
        (['wavegrad', 'infergrad'] as const).map((system) => ({ system, steps })),
      ),
    ]
    return rows.map((row): ComparisonRow => {
      const before = made.find((one) => isRow(one, row))
      const take = takes.find(({ id }) => id === before?.takeId)
      if (before?.state === 'done' && take?.making && isAsSet(take.making)) return before
      if (take) actions.takes.discard(take.id)
      return { ...row, state: 'waiting', fraction: 0 }
    })
  }

  function planRow(row: ComparisonRow) {
    const settings = get().synthesis.settings
    const models = get().models.all
    if (row.steps === 0) return planControl({ settings, models })
    const asked = { ...settings, steps: `${row.steps}`, scheduleMode: 'own' } as const
    return planModels({ settings: asked, models }).find(({ system }) => system === row.system)
  }

  async function make(row: ComparisonRow, source: Source, signal: AbortSignal, vocoderIdle?: Promise<void>) {
    const settings = get().synthesis.settings
    const models = get().models.all
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
        ? await vocode(context, input, options)
        : await vocodeWithoutNetwork(context, input, options)
    signal.throwIfAborted()
    const { making, ...audio } = made
    const { system } = row
    const takeId = actions.takes.place({ system, place: 'kept', audio, making, source, vocoderIdle })
    updateRow(row, { state: 'done', fraction: 1, takeId })
  }

  return {
    state: { rows: [], running: false },
    actions: {
      async run() {
        const source = get().source.current
        if (get().comparison.running || !source) return
        controller = new AbortController()
        const { signal } = controller
        let tellIdle = () => {}
        const silence = new Promise<void>((resolve) => {
          tellIdle = resolve
        })
        const vocoderIdle = spareCore ? undefined : silence
        const letTrainingGoOn = trainer.hold()
        try {
          const rows = plan()
          set({ rows, running: true })
          for (const row of rows) {
            if (row.state === 'done') continue
            try {
              signal.throwIfAborted()
              await make(row, source, signal, vocoderIdle)
            } catch (thrown) {
              if (signal.aborted) break
              updateRow(row, { state: 'failed' })
              actions.problems.report(thrown)
            }
          }
        } finally {
          set(({ rows }) => ({
            running: false,
            rows: rows.map((row) =>
              row.state === 'loading' || row.state === 'running'
                ? { ...row, state: 'waiting', fraction: 0 }
                : row,
            ),
          }))
          letTrainingGoOn()
          tellIdle()
        }
      },
      cancel: () => controller?.abort(),
      asCsv() {
        const { rows } = get().comparison
        const takes = get().takes.all
        const source = get().source.current
        if (rows.length === 0 || !source) return undefined
        const bytes = new TextEncoder().encode(comparisonCsv(rows, takes, source.title))
        return { name: `${slug(source.exampleId ?? source.title)}-comparison.csv`, bytes }
      },
    },
  }
}
