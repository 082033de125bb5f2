/** The parts from which a session is made: the request, the base model, and the services of the trainer. */

import type { ChosenBackend } from '../backends/backends.ts'
import type { ModelFiles } from '../models/models.ts'
import type { UserModelRecords } from '../models/user-model-database.ts'
import type { SynthesisOptions } from '../synthesis/synthesis.ts'
import type { Checkpoint } from './checkpoints/checkpoint-file.ts'
import type { CheckpointKeeper } from './checkpoints/checkpoint-keeper.ts'
import type { SessionGate } from './session-gate.ts'
import type { Learner } from './steps/learner.ts'
import type { TrainingEvent, TrainingRequest } from './training-engine.ts'

export type SessionLearner = Pick<
  Learner,
  'step' | 'trainStep' | 'emaModel' | 'state' | 'restore' | 'dispose'
>
export type CreateLearner = (...of: Parameters<typeof Learner.create>) => SessionLearner

export type SessionOptions = {
  readonly sessionId: string
  readonly request: TrainingRequest
  /** The checkpoint to resume from. */
  readonly checkpoint: Checkpoint | undefined
  readonly base: ModelFiles
  readonly backend: ChosenBackend
  readonly limits: Pick<SynthesisOptions, 'chunkFrames'>
  readonly createLearner: CreateLearner
  /** A checkpoint is due after this many steps or seconds, whichever comes first. */
  readonly checkpointEvery: { readonly steps: number; readonly seconds: number }
  readonly keeper: CheckpointKeeper
  readonly userModels: Pick<UserModelRecords, 'put'>
  readonly gate: SessionGate
  readonly onEvent: (event: TrainingEvent) => void
}
