/** Sessions that take a second: a voice by formula, a handful of steps of a network with a few thousand weights. */
import { syntheticVoice } from '../../../dsp/testing/synthetic-voice.ts'
import type { UserModelEntry, UserModelRecords } from '../../models/user-model-database.ts'
import { type Replies, tinyModel } from '../../testing/file-server.ts'
import type { TrainingClip, TrainingRequest, TrainingSettings } from '../training-engine.ts'

export const tinySettings: TrainingSettings = {
  objective: 'wavegrad',
  processSteps: [2],
  schedule: 'own',
  wavegradWeight: 1,
  inferWeight: 1,
  melWeight: 1,
  steps: 8,
  learningRate: 1e-3,
  warmupSteps: 2,
  batch: 1,
  cropSamples: 2048,
  seed: 3,
  emaDecay: 0.9,
  maxGradientNorm: 1,
  frozen: [],
  evaluateEverySteps: 4,
  snapshotEverySteps: 8,
}

/** Steps between two checkpoints of workers under test. */
export const tinyInterval = 3

export function voiceClip(seconds: number, change: Partial<TrainingClip> = {}): TrainingClip {
  const { sampleRateHz = 22050 } = change
  const samples = Float32Array.from(
    syntheticVoice({ samples: Math.round(seconds * sampleRateHz), sampleRateHz }),
  )
  return { name: 'voice.wav', samples, sampleRateHz, ...change }
}

/** Publishes the tiny model, and one that ships. */
export const tinyAndShipped: Replies = (path) =>
  path === 'index.json' ? Response.json([tinyModel.id, 'infergrad-small']) : tinyModel.replies(path)

const voice = voiceClip(4)

export function tinyRequest(change: Partial<TrainingSettings> = {}): TrainingRequest {
  return { modelId: tinyModel.id, name: 'A voice', clips: [voice], settings: { ...tinySettings, ...change } }
}

/** User models without IndexedDB. */
export function memoryUserModels(): UserModelRecords {
  const models = new Map<string, UserModelEntry & { readonly weights: Uint8Array<ArrayBuffer> }>()
  return {
    entries: async () => [...models.values()].reverse(),
    entry: async (id) => models.get(id),
    weights: async (id) => models.get(id)?.weights,
    async put(files) {
      models.set(files.model.id, files)
    },
  }
}
