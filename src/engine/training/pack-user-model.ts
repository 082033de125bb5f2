/**
 * Packs the model that a session produced as pretrain/export.py would write it: float16 weights and a configuration.
 */

import { sha256Of } from '../../base/sha256.ts'
import type { JsonObject } from '../../io/json.ts'
import { writeSafetensors } from '../../io/safetensors/safetensors-writer.ts'
import { type UserModelFiles, userModelFilesOf } from '../models/user-model-files.ts'
import type { NamedTensors } from './checkpoints/checkpoint-file.ts'
import type { TrainingSettings } from './training-engine.ts'

export type FineTunedModel = {
  /**
   * The model's id is derived from it, so a session that ends a second time after a crash leaves one model, not two.
   */
  readonly sessionId: string
  /** The published configuration of the base model. */
  readonly baseConfig: JsonObject
  readonly baseId: string
  /** The model's name for people. */
  readonly name: string
  readonly weights: NamedTensors
  readonly settings: TrainingSettings
  /** The number of training steps behind these weights. */
  readonly step: number
  /** Duration of the training speech. */
  readonly trainingSeconds: number
  /** Time spent on training steps. */
  readonly seconds: number
}

const file = 'model.safetensors'
const idCharacters = 12

/** Packs the model. It leaves out the figures of the base model, which do not apply to the fine-tuned one. */
export async function packUserModel(tuned: FineTunedModel): Promise<UserModelFiles> {
  const { sessionId, baseConfig, baseId, name, settings, step, trainingSeconds, seconds } = tuned
  const { figures: _, ...shared } = baseConfig
  const tensors = [...tuned.weights].map(([weight, { shape, values }]) => ({
    name: weight,
    dtype: 'F16' as const,
    shape,
    values,
  }))
  const weights = writeSafetensors(tensors)
  const config = {
    ...shared,
    id: `${settings.objective}-tuned-${sessionId.slice(0, idCharacters)}`,
    name,
    created: new Date().toISOString(),
    base: baseId,
    objective: settings.objective,
    training: {
      data: `${Math.round(trainingSeconds)} s of one person's recordings`,
      steps: step,
      minutes: Math.round(seconds / 6) / 10,
      notes: notesOn(settings, baseId),
    },
    weights: {
      file,
      dtype: 'F16',
      sha256: await sha256Of(weights),
      parameters: tensors.reduce((sum, { values }) => sum + values.length, 0),
    },
  }
  return userModelFilesOf(config, weights)
}

function notesOn(settings: TrainingSettings, baseId: string): string {
  const { objective, processSteps, schedule, inferWeight, melWeight, wavegradWeight } = settings
  const { learningRate, batch, cropSamples, seed, frozen } = settings
  const losses =
    objective === 'infergrad'
      ? `N from {${processSteps.join(', ')}}, ${schedule === 'own' ? 'its own schedules' : 'drawn schedules'}, weights ${inferWeight} STFT, ${melWeight} mel, ${wavegradWeight} WaveGrad; `
      : ''
  const kept = frozen.length > 0 ? `; ${frozen.join(', ')} left as they were` : ''
  return `Fine-tuned in the page from ${baseId}: ${losses}learning rate ${learningRate}, batches of ${batch} with ${cropSamples} samples each, seed ${seed}${kept}.`
}
