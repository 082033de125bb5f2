/**
 * A fine-tuning session as the page sees it, from the start to the resulting model. A failed start keeps the voice and
 * the settings; an interrupted session is offered again after a reload.
 */
import { ProblemError } from '../../base/problem.ts'
import type { TrainingEvent, TrainingOptions, TrainingResult } from '../../engine/training/training-engine.ts'
import { bytesOf } from '../file-bytes.ts'
import { slug } from '../file-names.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { stepChoices } from '../synthesis/settings.ts'
import { noCurves } from './loss-curves.ts'
import { type StepEvent, withEvent, withSteps } from './training-events.ts'
import { defaultName, startingModel } from './training-plan.ts'
import { settingsConflict } from './training-settings.ts'
import type { SessionActions, SessionState, TrainingSession } from './training-state.ts'

/**
 * Minimum interval between updates of the displayed steps, so that a fast device does not keep the page busy rendering.
 */
const shownEveryMs = 150

export function createTrainingSession({
  get,
  set,
  actions,
  services: { trainer, clips },
}: SliceContext<'training'>): Slice<SessionState, SessionActions> {
  /** The content of the file named by `checkpointName`. */
  let chosenCheckpoint: Uint8Array<ArrayBuffer> | undefined

  function update(change: (session: TrainingSession) => TrainingSession): void {
    set(({ session }) => ({ session: session && change(session) }))
  }

  function keepHeldOut(event: Extract<TrainingEvent, { kind: 'started' }>): void {
    const { samples, sampleRateHz } = event.heldOut
    // The audio is added twice, because the session and its snapshots free their samples independently.
    const before = get().training.session?.heldOutId
    update((session) => ({ ...session, heldOutId: clips.add({ samples, sampleRateHz }) }))
    if (before) clips.remove(before)
    actions.training.placeSnapshot({ id: clips.add({ samples, sampleRateHz }) })
  }

  /** Returns a listener that applies a session's events to the page; steps are applied in batches. */
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
          actions.training.placeSnapshot({ id: clips.add({ samples, sampleRateHz }), step: event.step })
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
    const heldOutId = get().training.session?.heldOutId
    if (heldOutId) clips.remove(heldOutId)
    actions.training.clearSnapshots()
    set({
      session: {
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
      const left = get().training.session?.heldOutId
      set({ session: undefined })
      if (left) clips.remove(left)
      actions.training.clearSnapshots()
      actions.problems.report(thrown)
      await actions.training.findUnfinished()
    }
  }

  /** Lists and chooses the new model. If an idle page shows an example, the base and new model are compared at once. */
  async function welcome({ model }: TrainingResult): Promise<void> {
    if (!model) return
    await actions.models.listUserModels()
    actions.models.choose(model.id)
    const { current: source, opening } = get().source
    const runs = get().synthesis.runs
    const playing = get().playback.playing
    if (source?.kind === 'example' && !runs && !playing && !opening)
      await actions.training.compareBeforeAndAfter()
  }

  function ask(asked: TrainingSession['asked'], act: () => void): void {
    update((session) => ({ ...session, asked }))
    act()
  }

  return {
    state: {},
    actions: {
      async findUnfinished() {
        try {
          set({ unfinished: await trainer.unfinished() })
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      async chooseCheckpoint(file) {
        if (!file) {
          chosenCheckpoint = undefined
          set({ checkpointName: undefined })
          return
        }
        try {
          const { name, bytes } = await bytesOf(file)
          chosenCheckpoint = bytes
          set({ checkpointName: name })
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      async start() {
        const { session, voice, voiceOpening, settings, name: chosenName } = get().training
        const model = startingModel(get())
        if (isUnderWay(session) || voice.length === 0 || voiceOpening || !model) return
        const conflict = settingsConflict(settings, model)
        if (conflict) {
          actions.problems.report(new ProblemError({ code: 'training-settings', message: conflict }))
          return
        }
        const name = chosenName?.trim() || defaultName(voice, new Date())
        const from = chosenCheckpoint
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
      pause: () => ask('pause', () => trainer.pause()),
      resume: () => ask('resume', () => trainer.resume()),
      stop: () => ask('stop', () => trainer.stop()),
      async resumeUnfinished() {
        const { unfinished, session } = get().training
        if (!unfinished || isUnderWay(session)) return
        const { sessionId, name, modelId, step, steps } = unfinished
        set({ unfinished: undefined })
        await run({ sessionId, name, modelId, step, steps }, (options) =>
          trainer.resumeSession(sessionId, options),
        )
      },
      async discardUnfinished() {
        const { unfinished } = get().training
        if (!unfinished) return
        try {
          await trainer.discard(unfinished.sessionId)
          set({ unfinished: undefined })
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      async checkpointAsFile() {
        const { session, unfinished } = get().training
        const { sessionId, name, step } = session?.sessionId ? session : (unfinished ?? {})
        if (!sessionId || !name) return undefined
        try {
          const bytes = await trainer.checkpointFile(sessionId)
          return { name: `${slug(name)}-checkpoint-${step}.safetensors`, bytes }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
      async compareBeforeAndAfter() {
        const { heldOutId, name, settings, result } = get().training.session ?? {}
        if (!heldOutId || !clips.has(heldOutId)) return
        const { model } = result ?? {}
        // The user may have deleted the model in the meantime.
        if (get().models.userModels.some(({ id }) => id === model?.id)) actions.models.choose(model?.id)
        const steps = stepChoices.find((choice) => choice === String(settings?.processSteps[0]))
        if (settings?.objective === 'infergrad' && settings.processSteps.length === 1 && steps)
          actions.synthesis.changeSettings({ steps })
        await actions.source.openHeldOut(clips.get(heldOutId), `Held out from ${name}`)
        if (get().source.current?.kind === 'held-out') await actions.synthesis.run()
      },
    },
  }
}

const isUnderWay = (session: TrainingSession | undefined) =>
  session !== undefined && session.phase !== 'ended'
