/** Tests of the promises that every `TrainingEngine` makes. The tests of each implementation run them. */
import { afterEach, describe, expect, test } from 'vitest'
import { readSafetensors } from '../../io/safetensors/safetensors.ts'
import { tinyRequest, voiceClip } from './testing/tiny-training.ts'
import type { TrainingEngine, TrainingEvent, TrainingPhase, TrainingRequest } from './training-engine.ts'

export type ContractSubject = { readonly name: string; readonly create: () => TrainingEngine }

/** Returns the events of one kind, in order. */
export function eventsOf<Kind extends TrainingEvent['kind']>(events: readonly TrainingEvent[], kind: Kind) {
  return events.filter((event): event is Extract<TrainingEvent, { kind: Kind }> => event.kind === kind)
}

/**
 * A command given at step 2 takes effect by this step: one more step may run, and a busy page sees some of them late.
 */
const soon = 5

const phasesOf = (events: readonly TrainingEvent[]) => eventsOf(events, 'phase').map(({ phase }) => phase)
export const lossesOf = (events: readonly TrainingEvent[]) => eventsOf(events, 'step').map(({ loss }) => loss)

export function trainingEngineContract({ name, create }: ContractSubject): void {
  describe(name, { timeout: 120_000 }, () => {
    let engine: TrainingEngine
    afterEach(() => engine.dispose())

    /** Runs a session; the callbacks act after each step and in each phase. */
    async function train(
      request: TrainingRequest,
      act: (step: number, sessionId: string) => void = () => {},
      inPhase: (phase: TrainingPhase, stepsSeen: () => number) => void = () => {},
    ) {
      const events: TrainingEvent[] = []
      let sessionId = ''
      const result = await engine.start(request, {
        onEvent(event) {
          events.push(event)
          if (event.kind === 'started') sessionId = event.sessionId
          if (event.kind === 'step') act(event.step, sessionId)
          if (event.kind === 'phase') inPhase(event.phase, () => eventsOf(events, 'step').length)
        },
      })
      return { events, result, sessionId }
    }

    const refusal = (request: TrainingRequest) =>
      engine.start(request).then(
        () => undefined,
        ({ problem }) => problem,
      )

    test('a session reports its course and ends with the figures before and after', async () => {
      engine = create()
      const { events, result } = await train(tinyRequest())
      expect(phasesOf(events)).toEqual(['preparing', 'running', 'finishing'])
      expect(eventsOf(events, 'started')).toMatchObject([
        { step: 0, backend: { name: 'wasm' }, notes: [], heldOut: { sampleRateHz: 22050 } },
      ])
      const steps = eventsOf(events, 'step')
      expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      expect(steps.every(({ loss, terms }) => loss > 0 && loss === terms.wavegrad)).toBe(true)
      expect(steps.at(-1)).toMatchObject({
        steps: 8,
        remainingSeconds: 0,
        secondsPerStep: expect.any(Number),
      })
      const evaluations = eventsOf(events, 'evaluation')
      expect(evaluations.map(({ step }) => step)).toEqual([0, 4, 8])
      expect(eventsOf(events, 'snapshot').map(({ step }) => step)).toEqual([0, 8])
      const lengths = eventsOf(events, 'snapshot').map(({ clip }) => clip.samples.length)
      expect(new Set([...lengths, eventsOf(events, 'started')[0].heldOut.samples.length]).size).toBe(1)
      const best = Math.min(...evaluations.slice(1).map(({ figures }) => figures.stftError))
      expect(result).toMatchObject({ ended: 'finished', step: 8, before: evaluations[0].figures })
      expect(result.after.stftError).toBe(best)
      expect(result.bestStep).toBe(evaluations.findLast((evaluation) => evaluation.best)?.step)
      expect(result.model).toMatchObject({
        origin: 'user',
        name: 'A voice',
        parameters: expect.any(Number),
      })
      expect(await engine.unfinished()).toBeUndefined()
    })

    test('the same seed gives the same losses, another one does not', async () => {
      engine = create()
      const short = { steps: 3, evaluateEverySteps: 3 }
      const { events } = await train(tinyRequest(short))
      expect(lossesOf((await train(tinyRequest(short))).events)).toEqual(lossesOf(events))
      expect(lossesOf((await train(tinyRequest({ ...short, seed: 4 }))).events)).not.toEqual(lossesOf(events))
    })

    /** Returns the number of steps at the beginning of a phase and a while later. */
    async function stepsDuring(stepsSeen: () => number): Promise<readonly [atFirst: number, later: number]> {
      const atFirst = stepsSeen()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return [atFirst, stepsSeen()]
    }

    test('a pause begins within one step, lasts until it is ended, and leaves a checkpoint', async () => {
      engine = create()
      let steps: readonly number[] = []
      const { events, result } = await train(
        tinyRequest(),
        (step) => {
          if (step === 2) engine.pause()
        },
        async (phase, stepsSeen) => {
          if (phase !== 'paused') return
          steps = await stepsDuring(stepsSeen)
          engine.resume()
        },
      )
      const [atFirst, later] = steps
      expect(atFirst).toBeLessThanOrEqual(soon)
      expect(later).toBe(atFirst)
      expect(phasesOf(events)).toEqual(['preparing', 'running', 'paused', 'running', 'finishing'])
      expect(eventsOf(events, 'checkpoint')[0]).toMatchObject({ step: atFirst, bytes: expect.any(Number) })
      expect(result.step).toBe(8)
    })

    test('a session that is stopped ends within one step, with the best weights', async () => {
      engine = create()
      const { result } = await train(tinyRequest({ steps: 1000, evaluateEverySteps: 1000 }), (step) => {
        if (step === 2) engine.stop()
      })
      expect(result.ended).toBe('stopped')
      expect(result.step).toBeLessThanOrEqual(soon)
      expect(await engine.unfinished()).toBeUndefined()
    })

    test('no step is taken while it is held, and it continues when all holds are released', async () => {
      engine = create()
      let holds: (() => void)[] = []
      let steps: readonly number[] = []
      const { events } = await train(
        tinyRequest(),
        (step) => {
          if (step === 2) holds = [engine.hold(), engine.hold()]
        },
        async (phase, stepsSeen) => {
          if (phase !== 'waiting') return
          const [one, other] = holds
          one()
          one()
          steps = await stepsDuring(stepsSeen)
          other()
        },
      )
      const [atFirst, later] = steps
      expect(atFirst).toBeLessThanOrEqual(soon)
      expect(later).toBe(atFirst)
      expect(phasesOf(events)).toEqual(['preparing', 'running', 'waiting', 'running', 'finishing'])
      expect(eventsOf(events, 'step')).toHaveLength(8)
    })

    test('a second session is refused while there is one', async () => {
      engine = create()
      let second: unknown
      await train(tinyRequest({ steps: 3 }), (step) => {
        if (step === 1) second = refusal(tinyRequest())
      })
      expect(await second).toMatchObject({ code: 'training-elsewhere', remedy: expect.any(String) })
    })

    test('a session resumed from a downloaded checkpoint has the losses of an uninterrupted one', async () => {
      engine = create()
      const whole = lossesOf((await train(tinyRequest())).events)
      let file: Promise<Uint8Array<ArrayBuffer>> | undefined
      await train(tinyRequest(), (step, sessionId) => {
        if (step !== 4) return
        engine.pause()
        file = engine.checkpointFile(sessionId).finally(() => engine.stop())
      })
      const checkpoint = await file
      expect(checkpoint && readSafetensors(checkpoint, 'a file').has('ema.first_conv.weight')).toBe(true)
      // The session uses the checkpoint's settings and ignores the requested ones.
      const { events } = await train({ ...tinyRequest({ seed: 99 }), checkpoint })
      const [{ step, history, settings }] = eventsOf(events, 'started')
      expect(settings.seed).not.toBe(99)
      expect(step).toBeGreaterThanOrEqual(4)
      expect(history?.steps).toHaveLength(step)
      expect(history?.evaluations[0].step).toBe(0)
      expect(lossesOf(events)).toEqual(whole.slice(step))
    })

    test('a checkpoint of another model, or a file that is not a checkpoint, is refused', async () => {
      engine = create()
      let file: Promise<Uint8Array<ArrayBuffer>> | undefined
      await train(tinyRequest({ steps: 4 }), (step, sessionId) => {
        if (step === 2) file = engine.checkpointFile(sessionId)
      })
      const checkpoint = await file
      if (!checkpoint) throw new Error('There was no checkpoint')
      expect(await refusal({ ...tinyRequest(), modelId: 'infergrad-small', checkpoint })).toMatchObject({
        code: 'checkpoint-of-another-model',
        accepted: 'infergrad-small',
      })
      const cut = checkpoint.slice(0, -100)
      expect(await refusal({ ...tinyRequest(), checkpoint: cut })).toMatchObject({
        code: 'safetensors-truncated',
      })
    })

    test('unusable speech is refused, and the engine stays usable', async () => {
      engine = create()
      const withClip = (change: Parameters<typeof voiceClip>[1], seconds = 4) => ({
        ...tinyRequest({ steps: 1 }),
        clips: [voiceClip(seconds, change)],
      })
      expect(await refusal(withClip({}, 2))).toMatchObject({ code: 'speech-too-short' })
      expect(await refusal({ ...tinyRequest(), clips: [] })).toMatchObject({ code: 'speech-too-short' })
      const silent = { samples: new Float32Array(88_200) }
      expect(await refusal(withClip(silent))).toMatchObject({ code: 'speech-silent' })
      const broken = { samples: new Float32Array(88_200).fill(Number.NaN) }
      expect(await refusal(withClip(broken))).toMatchObject({ code: 'speech-not-finite' })
      expect(await refusal({ ...tinyRequest(), modelId: 'no-such-model' })).toMatchObject({
        code: 'model-unknown',
      })
      expect((await train(withClip({}))).result.step).toBe(1)
    })

    test('an engine that was disposed refuses to work', async () => {
      engine = create()
      engine.dispose()
      expect(await refusal(tinyRequest())).toMatchObject({ code: 'trainer-closed' })
    })
  })
}
