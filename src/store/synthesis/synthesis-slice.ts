/**
 * From a mel to takes: the vocoders one after the other, Griffin-Lim beside them where there is a core for it, else after
 * them, so that it takes nothing from their time. Each take is shown as soon as it is there and measured afterwards. A
 * take is replaced only by its successor, so that an error or a cancel loses nothing.
 */
import type { MelSpectrogram } from '../../dsp/mel-spectrogram.ts'
import { fileNameOf } from '../file-names.ts'
import type { Services } from '../services.ts'
import type { GetState, Run, SetState, Source, SynthesisSlice } from '../state.ts'
import { measureTake } from '../takes/measure-take.ts'
import { placeTake } from '../takes/takes.ts'
import { type PlannedControl, type PlannedModel, planControl, planModels } from './plan-models.ts'
import type { System } from './systems.ts'
import { type Made, vocode, vocodeByGriffinLim, vocodeWithoutNetwork } from './vocode.ts'

type Job = {
  readonly source: Source
  readonly mel: MelSpectrogram
  readonly seed: number
  readonly signal: AbortSignal
  /** Resolves when figures may be computed without slowing a vocoder down. */
  readonly vocoderIdle: Promise<void>
}

export function createSynthesisSlice(set: SetState, get: GetState, services: Services): SynthesisSlice {
  const { analysis, clips, signals } = services
  let controller: AbortController | undefined

  function updateRun(system: System, change: Partial<Run>): void {
    set(({ runs }) => ({ runs: runs?.map((run) => (run.system === system ? { ...run, ...change } : run)) }))
  }

  /** Runs one system and shows its take; a failure is reported and leaves the others running. */
  async function runSystem(system: System, job: Job, make: () => Promise<Made>): Promise<void> {
    try {
      job.signal.throwIfAborted()
      const { samples, sampleRateHz, making } = await make()
      job.signal.throwIfAborted()
      updateRun(system, { state: 'done', fraction: 1 })
      const id = clips.add({ samples, sampleRateHz })
      placeTake(set, get, services, {
        id,
        system,
        place: 'current',
        keep: false,
        durationSeconds: samples.length / sampleRateHz,
        making,
      })
      void measureTake(set, get, services, id, job.source, job.vocoderIdle)
    } catch (thrown) {
      updateRun(system, { state: 'failed' })
      if (!job.signal.aborted) get().report(thrown, { kind: 'synthesize' })
    }
  }

  function runModel({ system, model, betas, corrections }: PlannedModel, job: Job): Promise<void> {
    const { mel, seed, signal, source } = job
    return runSystem(system, job, () => {
      updateRun(system, { state: 'loading' })
      return vocode(
        get,
        services,
        { model, mel, convention: source.convention, betas, seed, corrections },
        {
          signal,
          onLoaded: () => updateRun(system, { state: 'running' }),
          onProgress: ({ step, steps, fraction }) => updateRun(system, { step, steps, fraction }),
        },
      )
    })
  }

  function runControl({ system, model, corrections }: PlannedControl, job: Job): Promise<void> {
    const { mel, seed, signal, source } = job
    return runSystem(system, job, () => {
      updateRun(system, { state: 'loading' })
      return vocodeWithoutNetwork(
        get,
        services,
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

  return {
    async synthesize() {
      const { source, settings, runs } = get()
      if (runs || !source) return
      controller = new AbortController()
      const { signal } = controller
      let tellIdle = () => {}
      const silence = new Promise<void>((resolve) => {
        tellIdle = resolve
      })
      const letTrainingGoOn = services.trainer.hold()
      try {
        const planned = planModels(get())
        const mel = signals.mel(source.melId)
        if (!mel) return
        const vocoderIdle = services.spareCore ? Promise.resolve() : silence
        const job: Job = { source, mel, seed: settings.seed, signal, vocoderIdle }
        const control = settings.control ? planControl(get()) : undefined
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
        for (const one of planned) await runModel(one, job)
        if (control) await runControl(control, job)
        await (beside ?? runGriffinLim(job))
      } catch (thrown) {
        get().report(thrown)
      } finally {
        set({ runs: undefined })
        letTrainingGoOn()
        tellIdle()
      }
    },
    cancel() {
      controller?.abort()
    },
    async takeAsWav(takeId, encoding) {
      const { takes, source } = get()
      const take = takes.find(({ id }) => id === takeId)
      if (!take || !source) return undefined
      try {
        const bytes = await analysis.encodeWav({ audio: clips.get(takeId), encoding })
        return { name: `${fileNameOf(source, take)}.wav`, bytes }
      } catch (thrown) {
        get().report(thrown)
        return undefined
      }
    },
    async melAsNpy() {
      const { source } = get()
      const mel = source && signals.mel(source.melId)
      if (!mel) return undefined
      try {
        return { name: `${fileNameOf(source)}-mel.npy`, bytes: await analysis.encodeMel(mel) }
      } catch (thrown) {
        get().report(thrown)
        return undefined
      }
    },
  }
}
