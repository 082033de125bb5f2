/**
 * A fine-tuning session as the page sees it, from the press of the button to the model that came of it. A start that fails
 * keeps the voice and the settings; what a reload cut off is offered again.
 */
import { ProblemError } from '../../base/problem.ts'
import type { TrainingEvent, TrainingOptions, TrainingResult } from '../../engine/training/training-engine.ts'
import { slug } from '../file-names.ts'
import type { Services } from '../services.ts'
import type { GetState, SetState } from '../state.ts'
import { stepChoices } from '../synthesis/settings.ts'
import type { TrainingSession, TrainingSlice } from './fine-tune-state.ts'
import { noCurves } from './loss-curves.ts'
import { type StepEvent, withEvent, withSteps } from './training-events.ts'
import { defaultName, startingModel } from './training-plan.ts'
import { settingsConflict } from './training-settings.ts'

/** Steps are shown at most this often, so that a fast device does not keep the page busy painting. */
const shownEveryMs = 150

export function createTrainingSlice(
  set: SetState,
  get: GetState,
  services: Services,
  checkpoint: () => Uint8Array<ArrayBuffer> | undefined,
): TrainingSlice {
  const { trainer, clips } = services

  function update(change: (session: TrainingSession) => TrainingSession): void {
    set(({ training }) => ({ training: training && change(training) }))
  }

  function keepHeldOut(event: Extract<TrainingEvent, { kind: 'started' }>): void {
    const { samples, sampleRateHz } = event.heldOut
    // Twice, because the page's takes and the snapshots are freed by different hands.
    const before = get().training?.heldOutId
    update((session) => ({ ...session, heldOutId: clips.add({ samples, sampleRateHz }) }))
    if (before) clips.remove(before)
    get().placeSnapshot({ id: clips.add({ samples, sampleRateHz }) })
  }

  /** What a session tells, put on the page; steps in batches. */
  function listen(): Required<TrainingOptions> & { readonly flush: () => void } {
    let waiting: StepEvent[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      clearTimeout(timer)
      timer = undefined
      const steps = waiting
      waiting = []
      if (steps.length > 0) update((session) => withSteps(session, steps))
    }
    return {
      flush,
      onEvent(event) {
        if (event.kind === 'step') {
          waiting.push(event)
          timer ??= setTimeout(flush, shownEveryMs)
          return
        }
        flush()
        if (event.kind === 'snapshot') {
          const { samples, sampleRateHz } = event.clip
          get().placeSnapshot({ id: clips.add({ samples, sampleRateHz }), step: event.step })
          return
        }
        if (event.kind === 'started') keepHeldOut(event)
        update((session) => withEvent(session, event))
      },
    }
  }

  async function run(
    session: Pick<TrainingSession, 'name' | 'modelId' | 'step' | 'steps' | 'sessionId'>,
    begin: (options: TrainingOptions) => Promise<TrainingResult>,
  ): Promise<void> {
    const heldOutId = get().training?.heldOutId
    if (heldOutId) clips.remove(heldOutId)
    get().clearSnapshots()
    set({
      training: {
        phase: 'preparing',
        notes: [],
        curves: noCurves,
        evaluations: [],
        restarts: [],
        ...session,
      },
    })
    const listener = listen()
    try {
      const result = await begin(listener)
      listener.flush()
      update((ended) => ({
        ...ended,
        phase: 'ended',
        asked: undefined,
        pausedBy: undefined,
        step: result.step,
        result,
      }))
      await welcome(result)
    } catch (thrown) {
      listener.flush()
      const left = get().training?.heldOutId
      set({ training: undefined })
      if (left) clips.remove(left)
      get().clearSnapshots()
      get().report(thrown)
      await get().findUnfinished()
    }
  }

  /** The model is in its list and chosen; where the page shows but an example, what it does is shown at once. */
  async function welcome({ model }: TrainingResult): Promise<void> {
    if (!model) return
    await get().loadUserModels()
    get().chooseUserModel(model.id)
    const { source, runs, playing, opening } = get()
    if (source?.kind === 'example' && !runs && !playing && !opening) await get().compareBeforeAndAfter()
  }

  function ask(asked: TrainingSession['asked'], act: () => void): void {
    update((session) => ({ ...session, asked }))
    act()
  }

  return {
    async findUnfinished() {
      try {
        set({ unfinished: await trainer.unfinished() })
      } catch (thrown) {
        get().report(thrown)
      }
    },
    async startTraining() {
      const { training, voice, voiceOpening, trainingSettings: settings, trainingName } = get()
      const model = startingModel(get())
      if ((training && training.phase !== 'ended') || voice.length === 0 || voiceOpening || !model) return
      const conflict = settingsConflict(settings, model)
      if (conflict) {
        get().report(new ProblemError({ code: 'training-settings', message: conflict }))
        return
      }
      const name = trainingName?.trim() || defaultName(voice, new Date())
      const from = checkpoint()
      await run({ name, modelId: model.id, step: 0, steps: settings.steps }, (options) =>
        trainer.start(
          {
            modelId: model.id,
            name,
            settings,
            clips: voice.map((clip) => ({ name: clip.name, ...clips.get(clip.id) })),
            ...(from && { checkpoint: from }),
          },
          options,
        ),
      )
    },
    pauseTraining: () => ask('pause', () => trainer.pause()),
    resumeTraining: () => ask('resume', () => trainer.resume()),
    stopTraining: () => ask('stop', () => trainer.stop()),
    async resumeUnfinished() {
      const { unfinished, training } = get()
      if (!unfinished || (training && training.phase !== 'ended')) return
      const { sessionId, name, modelId, step, steps } = unfinished
      set({ unfinished: undefined })
      await run({ sessionId, name, modelId, step, steps }, (options) =>
        trainer.resumeSession(sessionId, options),
      )
    },
    async discardUnfinished() {
      const { unfinished } = get()
      if (!unfinished) return
      try {
        await trainer.discard(unfinished.sessionId)
        set({ unfinished: undefined })
      } catch (thrown) {
        get().report(thrown)
      }
    },
    async checkpointAsFile() {
      const { training, unfinished } = get()
      const { sessionId, name, step } = training?.sessionId ? training : (unfinished ?? {})
      if (!sessionId || !name) return undefined
      try {
        const bytes = await trainer.checkpointFile(sessionId)
        return { name: `${slug(name)}-checkpoint-${step}.safetensors`, bytes }
      } catch (thrown) {
        get().report(thrown)
        return undefined
      }
    },
    async compareBeforeAndAfter() {
      const { training } = get()
      const { heldOutId, name, settings, result } = training ?? {}
      if (!heldOutId || !clips.has(heldOutId)) return
      const { model } = result ?? {}
      // It may have been deleted in the meantime.
      if (get().userModels.some(({ id }) => id === model?.id)) get().chooseUserModel(model?.id)
      const steps = stepChoices.find((choice) => choice === String(settings?.processSteps[0]))
      if (settings?.objective === 'infergrad' && settings.processSteps.length === 1 && steps)
        get().changeSettings({ steps })
      await get().openHeldOut(clips.get(heldOutId), `Held out from ${name}`)
      if (get().source?.kind === 'held-out') await get().synthesize()
    },
  }
}
