/** The model that comes of a session, as pretrain/export.py would write it: float16 weights, and who it is. */

import { sha256Of } from '../../base/sha256.ts'
import type { JsonObject } from '../../io/json.ts'
import { writeSafetensors } from '../../io/safetensors/safetensors-writer.ts'
import { type UserModelFiles, userModelFilesOf } from '../models/user-model-files.ts'
import type { NamedTensors } from './checkpoints/checkpoint-file.ts'
import type { TrainingSettings } from './training-engine.ts'

export type FineTunedModel = {
  /** The model's id follows from it: a session that ends anew after a crash leaves one model, not two. */
  readonly sessionId: string
  /** Of the model that it began from, as published. */
  readonly baseConfig: JsonObject
  readonly baseId: string
  /** For people. */
  readonly name: string
  readonly weights: NamedTensors
  readonly settings: TrainingSettings
  /** That were taken up to these weights. */
  readonly step: number
  /** Of speech that it learnt from. */
  readonly trainingSeconds: number
  /** Spent on steps. */
  readonly seconds: number
}

const file = 'model.safetensors'
const idCharacters = 12

/** Figures of the base model are not its own and are left out. */
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
