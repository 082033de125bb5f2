/**
 * One fine-tuning session, from the recordings to the stored model: a loop over the learner that can be paused, held
 * and stopped between any two steps. At intervals it validates the model on held-out speech, and it keeps the best
 * averaged weights.
 */

import { letMessagesIn } from '../../base/cancellation.ts'
import { type Problem, ProblemError } from '../../base/problem.ts'
import { parseModelConfig } from '../../model/config.ts'
import { Vocoder } from '../../model/vocoder.ts'
import { downloadWeights } from '../../model/weights.ts'
import { JobQueue } from '../../worker/job-queue.ts'
import { deviceProblem } from '../backends/device-problems.ts'
import { summaryOf } from '../models/models.ts'
import type { ModelSummary } from '../vocoder-engine.ts'
import { BestModel } from './best-model.ts'
import { encodeCheckpoint, type NamedTensors } from './checkpoints/checkpoint-file.ts'
import { packUserModel } from './pack-user-model.ts'
import { isValidated, SessionClock } from './session-clock.ts'
import { SessionHistory } from './session-history.ts'
import type { SessionLearner, SessionOptions } from './session-options.ts'
import { CropExcitation } from './speech/crop-excitation.ts'
import { drawCrops } from './speech/crops.ts'
import { prepareSpeech, type SpeechClip } from './speech/speech-clips.ts'
import { splitSpeech } from './speech/validation-set.ts'
import type { StepFigures } from './steps/learner.ts'
import { ValidationSet } from './steps/validation.ts'
import type { TrainingEvent, TrainingPhase, TrainingResult } from './training-engine.ts'
import { checkpointGone, checkpointOfAnotherModel, lossDiverged } from './training-problems.ts'

export class TrainingSession {
  readonly #options: SessionOptions
  /** Runs steps and reads of the learner one after the other. */
  readonly #queue = new JobQueue()
  readonly #learner: SessionLearner
  readonly #excitation: CropExcitation
  readonly #training: readonly SpeechClip[]
  readonly #trainingSeconds: number
  readonly #heldOut: ValidationSet
  readonly #notes: readonly string[]
  readonly #history: SessionHistory
  readonly #best: BestModel
  #phase: TrainingPhase | undefined
  readonly #clock: SessionClock
  #seconds: number
  #saved = { step: 0, atMs: performance.now() }
  #validatedStep = -1

  /** Throws the problems of `prepareSpeech` and `Learner.create`, and `checkpoint-of-another-model`. */
  constructor(options: SessionOptions) {
    this.#options = options
    const { request, checkpoint, base } = options
    const { config, tensors } = base
    const { sampleRateHz: rateHz } = config.mel
    const { clips, notes } = prepareSpeech(request.clips, rateHz)
    const { training, heldOut } = splitSpeech(clips, { ...request.settings, rateHz })
    this.#training = training
    this.#trainingSeconds = training.reduce((sum, clip) => sum + clip.samples.length, 0) / rateHz
    this.#heldOut = new ValidationSet(heldOut, config)
    this.#notes = notes
    this.#history = new SessionHistory(checkpoint?.history)
    this.#seconds = checkpoint?.seconds ?? 0
    this.#clock = new SessionClock(request.settings)
    this.#best = new BestModel(checkpoint)
    if (checkpoint) {
      if (checkpoint.modelSha256 !== config.weights.sha256)
        throw checkpointOfAnotherModel(checkpoint.modelId, request.modelId)
      this.#saved.step = checkpoint.state.step
    }
    this.#learner = options.createLearner(config, tensors, request.settings)
    this.#excitation = new CropExcitation(config, tensors)
    try {
      if (checkpoint) this.#learner.restore(checkpoint.state)
    } catch (cause) {
      this.#dispose()
      throw checkpoint && cause instanceof ProblemError
        ? checkpointOfAnotherModel(checkpoint.modelId, request.modelId, cause)
        : cause
    }
  }

  /** Runs the session to its end; call it at most once. Rejects if the device fails or the model cannot be stored. */
  async run(): Promise<TrainingResult> {
    try {
      this.#start()
      await this.#evaluateBaseModel()
      const problem = await this.#trainUntilOver()
      return await this.#finish(problem)
    } finally {
      // The learner is disposed of after the last job that reads it.
      await this.#queue.run(async () => this.#dispose())
    }
  }

  /** Returns the state after the step in progress as a checkpoint file. */
  checkpointFile(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#queue.run(() => this.#encode())
  }

  #start(): void {
    const { sessionId, request, backend, checkpoint } = this.#options
    this.#emit({
      kind: 'started',
      sessionId,
      step: this.#learner.step,
      history: checkpoint && this.#history.record,
      settings: request.settings,
      backend: backend.report,
      trainingSeconds: this.#trainingSeconds,
      heldOutSeconds: this.#heldOut.seconds,
      heldOut: this.#heldOut.clip,
      notes: this.#notes,
    })
  }

  /** Makes the base model's snapshot and figures. The checkpoint of a resumed session has the figures but no audio. */
  async #evaluateBaseModel(): Promise<void> {
    const { base } = this.#options
    const { figures, clip } = await this.#validate(Vocoder.create(base.config, base.tensors), 'before')
    if (!this.#best.current) {
      this.#best.startFrom(figures)
      this.#history.addEvaluation(0, figures)
      this.#emit({ kind: 'evaluation', step: 0, figures, best: true })
    }
    this.#emit({ kind: 'snapshot', step: 0, clip })
  }

  /** Resolves when all steps are done or the session was stopped; with a problem if it diverged. */
  async #trainUntilOver(): Promise<Problem | undefined> {
    const { request, checkpointEvery } = this.#options
    const { settings } = request
    try {
      while (await this.#mayTakeStep()) {
        await this.#queue.run(() => this.#takeStep())
        if (this.#history.exploded) return lossDiverged(this.#learner.step)
        const { step } = this.#learner
        if (isValidated(step, settings)) await this.#evaluate()
        const sinceMs = performance.now() - this.#saved.atMs
        if (step - this.#saved.step >= checkpointEvery.steps || sinceMs >= 1000 * checkpointEvery.seconds)
          await this.#save()
      }
      if (this.#learner.step > 0 && this.#validatedStep !== this.#learner.step) {
        // A validation takes seconds, in which the page may be closed or the worker may fail.
        await this.#save()
        this.#enter('finishing')
        await this.#evaluate()
      }
      return undefined
    } catch (thrown) {
      const problem = thrown instanceof ProblemError ? thrown.problem : undefined
      if (problem?.code === 'training-diverged') return problem
      if (problem?.code === 'output-invalid') return lossDiverged(this.#learner.step)
      throw thrown
    }
  }

  /** Waits while the session is paused or held; resolves to false when it is over. */
  async #mayTakeStep(): Promise<boolean> {
    const { gate, request } = this.#options
    await letMessagesIn()
    for (;;) {
      const { nextChange, phase, stopped } = gate
      if (stopped || this.#learner.step >= request.settings.steps) return false
      this.#enter(phase)
      if (phase === 'running') return true
      if (phase === 'paused') await this.#save()
      await nextChange
    }
  }

  async #takeStep(): Promise<void> {
    const { request, base, backend } = this.#options
    const startedAtMs = performance.now()
    const crops = drawCrops(this.#training, base.config, request.settings, this.#learner.step)
    try {
      const figures = await this.#learner.trainStep(await this.#excitation.of(crops))
      const error = backend.gpu?.takeError()
      if (error) throw error
      this.#noteStep(figures, (performance.now() - startedAtMs) / 1000)
    } catch (thrown) {
      throw await deviceProblem(thrown, backend.gpu)
    }
  }

  #noteStep(figures: StepFigures, seconds: number): void {
    const { step } = this.#learner
    const { steps } = this.#options.request.settings
    this.#history.addStep(step, figures)
    this.#seconds += seconds
    this.#clock.addStep(seconds)
    const { secondsPerStep } = this.#clock
    const remainingSeconds = this.#clock.remainingSecondsAfter(step)
    this.#emit({ kind: 'step', step, steps, ...figures, secondsPerStep, remainingSeconds })
  }

  async #evaluate(): Promise<void> {
    const { step } = this.#learner
    const { settings } = this.#options.request
    const model = this.#learner.emaModel()
    const weights = await downloadWeights(model.weights)
    const { figures, clip } = await this.#validate(model, `step ${step}`)
    this.#validatedStep = step
    const best = this.#best.offer(step, figures, weights)
    this.#history.addEvaluation(step, figures)
    this.#emit({ kind: 'evaluation', step, figures, best })
    if (step % settings.snapshotEverySteps === 0 || this.#phase === 'finishing')
      this.#emit({ kind: 'snapshot', step, clip })
  }

  /** Validates `model` and disposes of it. */
  async #validate(model: Vocoder, name: string) {
    const { request, base, backend, limits } = this.#options
    const minSteps = Math.min(...request.settings.processSteps)
    const { betas } = base.config.schedules[minSteps]
    const startedAtMs = performance.now()
    try {
      return await this.#heldOut.validate(model, name, { ...limits, betas, gpu: backend.gpu })
    } finally {
      this.#clock.addValidation((performance.now() - startedAtMs) / 1000)
      model.dispose()
    }
  }

  async #finish(problem: Problem | undefined): Promise<TrainingResult> {
    this.#enter('finishing')
    const { sessionId, keeper, gate, request } = this.#options
    const { step } = this.#learner
    const before = this.#history.evaluationAt(0)
    const { best, bestWeights } = this.#best.current ?? {}
    if (!before || !best) throw new Error('The base model was not validated')
    const model = bestWeights && (await this.#store(best.step, bestWeights))
    await keeper.remove(sessionId)
    const finished = step >= request.settings.steps || !gate.stopped
    const ended = problem ? 'diverged' : finished ? 'finished' : 'stopped'
    return { ended, problem, step, bestStep: best.step, before, after: best.figures, model }
  }

  async #store(step: number, weights: NamedTensors): Promise<ModelSummary> {
    const { sessionId, request, base, userModels } = this.#options
    const files = await packUserModel({
      sessionId,
      baseConfig: base.json,
      baseId: request.modelId,
      name: request.name,
      weights,
      settings: request.settings,
      step,
      trainingSeconds: this.#trainingSeconds,
      seconds: this.#seconds,
    })
    await userModels.put(files)
    return summaryOf(parseModelConfig(files.config, files.model.name), files.model)
  }

  /** Saves a checkpoint, at most once per step. Pauses the session if the disk is full. */
  async #save(): Promise<void> {
    const { step } = this.#learner
    if (step === 0 || step === this.#saved.step) return
    const { sessionId, request, keeper, gate } = this.#options
    const { name, modelId, settings } = request
    const checkpoint = await this.checkpointFile()
    const session = { sessionId, name, modelId, step, steps: settings.steps }
    const { problem, ...kept } = await keeper.keep(session, request, checkpoint)
    this.#saved = { step, atMs: performance.now() }
    this.#emit({ kind: 'checkpoint', step, bytes: checkpoint.length, ...kept })
    if (!problem) return
    gate.pause()
    this.#enter('paused', problem)
  }

  #dispose(): void {
    this.#learner.dispose()
    this.#excitation.dispose()
  }

  async #encode(): Promise<Uint8Array<ArrayBuffer>> {
    const { sessionId, request, base } = this.#options
    const best = this.#best.current
    if (!best) throw checkpointGone(sessionId)
    return encodeCheckpoint({
      sessionId,
      name: request.name,
      modelId: request.modelId,
      modelSha256: base.config.weights.sha256,
      settings: request.settings,
      history: this.#history.record,
      seconds: this.#seconds,
      ...best,
      state: await this.#learner.state(),
    })
  }

  #enter(phase: TrainingPhase, problem?: Problem): void {
    if (phase === this.#phase && !problem) return
    this.#phase = phase
    this.#emit({ kind: 'phase', phase, problem })
  }

  #emit(event: TrainingEvent): void {
    this.#options.onEvent(event)
  }
}
