/**
 * Makes takes from a mel. The vocoders run one after the other; Griffin-Lim runs beside them if there is a spare core,
 * otherwise after them, so that it does not affect their timing. Each take is shown as soon as it is ready and measured
 * afterwards. Only its successor replaces a take, so an error or a cancel loses nothing.
 */
import type { MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { Source } from '../source/source-state.ts'
import { createEngine } from './engine.ts'
import {
  modelChoice,
  type PlannedControl,
  type PlannedModel,
  planControl,
  planModels,
} from './plan-models.ts'
import { infergradFirst, type Settings } from './settings.ts'
import { createStream, minStreamedSeconds } from './stream.ts'
import type { Run, SynthesisActions, SynthesisState } from './synthesis-state.ts'
import type { System } from './systems.ts'
import { type Made, vocode, vocodeByGriffinLim, vocodeWithoutNetwork } from './vocode.ts'
import { whileVocoding } from './while-vocoding.ts'

type Job = {
  readonly source: Source
  readonly mel: MelSpectrogram
  readonly seed: number
  readonly signal: AbortSignal
  /** Resolves when figures may be computed without slowing a vocoder down. */
  readonly vocoderIdle?: Promise<void>
}

/** @param settings the initial settings. */
export function createSynthesisSlice(
  context: SliceContext<'synthesis'>,
  settings: Settings,
): Slice<SynthesisState, SynthesisActions> {
  const { get, set, actions, services, watch } = context
  const engine = createEngine(context)
  const stream = createStream(context)
  let controller: AbortController | undefined

  watch(
    ({ source }) => source.current,
    () => actions.synthesis.cancel(),
  )

  function updateRun(system: System, change: Partial<Run>): void {
    set(({ runs }) => ({ runs: runs?.map((run) => (run.system === system ? { ...run, ...change } : run)) }))
  }

  /** Runs one system and shows its take; a failure is reported and does not affect the other systems. */
  async function runSystem(system: System, job: Job, make: () => Promise<Made>): Promise<void> {
    try {
      job.signal.throwIfAborted()
      const { making, ...audio } = await make()
      job.signal.throwIfAborted()
      updateRun(system, { state: 'done', fraction: 1 })
      const { source, vocoderIdle } = job
      actions.takes.place({ system, place: 'current', audio, making, source, vocoderIdle })
    } catch (thrown) {
      updateRun(system, { state: 'failed' })
      if (!job.signal.aborted) actions.problems.report(thrown, { kind: 'synthesize' })
    }
  }

  function runModel({ system, model, betas, corrections }: PlannedModel, job: Job): Promise<void> {
    const { mel, seed, signal, source } = job
    const { convention } = source
    const seconds = (mel.frames * convention.hopSamples) / convention.sampleRateHz
    const pieces = stream.receiver(convention.sampleRateHz)
    return runSystem(system, job, () => {
      updateRun(system, { state: 'loading' })
      return vocode(
        context,
        { model, mel, convention, betas, seed, corrections, streamed: seconds >= minStreamedSeconds },
        {
          signal,
          onLoaded: () => updateRun(system, { state: 'running' }),
          onProgress({ step, steps, fraction, piece }) {
            const madeSeconds = piece && pieces.add(piece)
            updateRun(system, { step, steps, fraction, ...(madeSeconds && { madeSeconds }) })
          },
        },
      ).finally(() => pieces.finish())
    })
  }

  function runControl({ system, model, corrections }: PlannedControl, job: Job): Promise<void> {
    const { mel, seed, signal, source } = job
    return runSystem(system, job, () => {
      updateRun(system, { state: 'loading' })
      return vocodeWithoutNetwork(
        context,
        { model, mel, convention: source.convention, seed, corrections },
        {
          signal,
          onLoaded: () => updateRun(system, { state: 'running' }),
          onProgress: ({ fraction }) => updateRun(system, { fraction }),
        },
      )
    })
  }

  function runGriffinLim(job: Job): Promise<void> {
    const { mel, seed, signal, source } = job
    return runSystem('griffin-lim', job, () => {
      updateRun('griffin-lim', { state: 'running' })
      const onProgress = (fraction: number) => updateRun('griffin-lim', { fraction })
      return vocodeByGriffinLim(
        services,
        { mel, convention: source.convention, seed },
        { signal, onProgress },
      )
    })
  }

  async function makeAll(source: Source, during: Pick<Job, 'signal' | 'vocoderIdle'>): Promise<void> {
    const chosen = modelChoice(get())
    const planned = planModels(chosen)
    const mel = services.signals.mel(source.melId)
    if (!mel) return
    const job: Job = { source, mel, seed: chosen.settings.seed, ...during }
    const control = chosen.settings.control ? planControl(chosen) : undefined
    const systems: System[] = [
      ...planned.map(({ system }) => system),
      ...(control ? [control.system] : []),
      'griffin-lim',
    ]
    set({
      runs: systems.map((system, index) => ({
        system,
        state: 'waiting',
        step: 0,
        steps: planned[index]?.betas.length ?? 0,
        fraction: 0,
      })),
    })
    const beside = services.spareCore ? runGriffinLim(job) : undefined
    const inOrder = infergradFirst(planned, ({ system }) => system === 'infergrad')
    for (const one of inOrder) await runModel(one, job)
    if (control) await runControl(control, job)
    await (beside ?? runGriffinLim(job))
  }

  return {
    state: { ...engine.state, ...stream.state, settings },
    actions: {
      ...engine.actions,
      ...stream.actions,
      changeSettings: (change) => set((before) => ({ settings: { ...before.settings, ...change } })),
      async run() {
        const source = get().source.current
        if (get().synthesis.runs || !source) return
        controller = new AbortController()
        const { signal } = controller
        await whileVocoding(services, async (vocoderIdle) => {
          try {
            await makeAll(source, { signal, vocoderIdle })
          } catch (thrown) {
            actions.problems.report(thrown)
          } finally {
            set({ runs: undefined })
          }
        })
      },
      cancel() {
        controller?.abort()
      },
    },
  }
}
