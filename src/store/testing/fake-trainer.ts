/** A trainer that the test controls, and user models in memory. */
import { ProblemError } from '../../base/problem.ts'
import type { UserModel, UserModels } from '../../engine/models/user-models.ts'
import type {
  HeldOutFigures,
  TrainingEngine,
  TrainingEvent,
  TrainingHistory,
  TrainingOptions,
  TrainingRequest,
  TrainingResult,
  UnfinishedSession,
} from '../../engine/training/training-engine.ts'
import type { BackendReport, ModelSummary } from '../../engine/vocoder-engine.ts'
import { trainingPresets } from '../fine-tune/training-settings.ts'

export const figuresOf = (stftError: number): HeldOutFigures => ({
  networkMelErrorNats: stftError / 2,
  melErrorNats: stftError / 4,
  stftError,
})

const backend: BackendReport = { name: 'cpu', detail: 'fake', software: false, skipped: [] }

export class FakeTrainer implements TrainingEngine {
  requests: TrainingRequest[] = []
  calls: string[] = []
  holds = 0
  left?: UnfinishedSession
  /** The next start rejects with this problem. */
  refusal?: ProblemError
  #options: TrainingOptions = {}
  #settle: { resolve(result: TrainingResult): void; reject(reason: unknown): void } | undefined

  unfinished = async () => this.left
  start(request: TrainingRequest, options: TrainingOptions = {}): Promise<TrainingResult> {
    this.requests.push(request)
    if (this.refusal) return Promise.reject(this.refusal)
    return this.#run(options)
  }
  resumeSession(sessionId: string, options: TrainingOptions = {}): Promise<TrainingResult> {
    this.calls.push(`resume ${sessionId}`)
    return this.#run(options)
  }
  pause = () => void this.calls.push('pause')
  resume = () => void this.calls.push('resume')
  stop = () => void this.calls.push('stop')
  hold() {
    this.holds += 1
    return () => {
      this.holds -= 1
    }
  }
  checkpointFile = async () => new Uint8Array(8)
  async discard(sessionId: string) {
    this.calls.push(`discard ${sessionId}`)
    this.left = undefined
  }
  dispose() {}

  tell(event: TrainingEvent): void {
    this.#options.onEvent?.(event)
  }
  begin(step = 0, history?: TrainingHistory): void {
    const clip = { name: 'held-out', samples: new Float32Array(24).fill(0.3), sampleRateHz: 8000 }
    this.tell({
      kind: 'started',
      sessionId: 'session-1',
      step,
      ...(history && { history }),
      settings: this.requests.at(-1)?.settings ?? trainingPresets.wavegrad,
      backend,
      trainingSeconds: 54,
      heldOutSeconds: 6,
      heldOut: clip,
      notes: [],
    })
    this.tell({ kind: 'phase', phase: 'running' })
    this.tell({ kind: 'snapshot', step: 0, clip: { ...clip, samples: new Float32Array(24).fill(0.1) } })
  }
  step(step: number, loss = 3 - step / 10): void {
    this.tell({
      kind: 'step',
      step,
      steps: 200,
      loss,
      terms: { stft: loss / 2, mel: loss / 2 },
      gradientNorm: 1,
      learningRate: 6e-4,
      secondsPerStep: 0.5,
      remainingSeconds: (200 - step) / 2,
    })
  }
  end(result: Partial<TrainingResult> = {}): void {
    this.#settle?.resolve({
      ended: 'finished',
      step: 200,
      bestStep: 175,
      before: figuresOf(1.2),
      after: figuresOf(1),
      ...result,
    })
  }
  fail(problem: ProblemError): void {
    this.#settle?.reject(problem)
  }

  #run(options: TrainingOptions): Promise<TrainingResult> {
    this.#options = options
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }
}

/** User models that the fake engine can list too. */
export class FakeUserModels implements UserModels {
  models: readonly UserModel[] = []

  put(id: string, name: string): void {
    const createdAt = '2026-03-01T12:00:00.000Z'
    this.models = [
      { id, name, createdAt, objective: 'infergrad', parameters: 1, bytes: 2, base: 'infergrad-frames' },
      ...this.models,
    ]
  }
  summaries(like: ModelSummary): readonly ModelSummary[] {
    return this.models.map(({ id, name, createdAt }) => ({ ...like, id, name, createdAt, origin: 'user' }))
  }
  list = async () => this.models
  async rename(id: string, name: string) {
    if (name.trim() === '') throw new ProblemError({ code: 'model-name-invalid', message: 'No name.' })
    this.models = this.models.map((model) => (model.id === id ? { ...model, name } : model))
  }
  async remove(id: string) {
    this.models = this.models.filter((model) => model.id !== id)
  }
  files = async () =>
    [
      { name: 'model.safetensors', bytes: new Uint8Array(8) },
      { name: 'config.json', bytes: new Uint8Array(2) },
    ] as const
  zip = async () => ({ name: 'model.zip', bytes: new Uint8Array(22) })
  async add() {
    this.put('imported', 'Imported')
    return this.models[0]
  }
}
