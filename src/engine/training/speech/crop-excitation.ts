/**
 * The excitation of a step's crops, for models that use one: the pitch estimated from each crop's mel, and pulses from
 * a random initial phase. The pitch network is not trained, so it is that of the session's initial model.
 */
import * as tf from '@tensorflow/tfjs'
import { pulsesBetween } from '../../../dsp/signals/excitation.ts'
import type { SafeTensor } from '../../../io/safetensors/safetensors.ts'
import type { ModelConfig } from '../../../model/config.ts'
import { Vocoder } from '../../../model/vocoder.ts'
import type { TrainingBatch } from '../steps/step-loss.ts'
import type { Crops } from './crops.ts'

export class CropExcitation {
  readonly #model: Vocoder | undefined

  /** Holds tensors until `dispose`, unless the model has no excitation. Throws `weights-mismatch`. */
  constructor(config: ModelConfig, tensors: ReadonlyMap<string, SafeTensor>) {
    if (config.architecture === 'frames') this.#model = Vocoder.create(config, tensors)
  }

  /** Returns the crops, with pulses if the model uses them. */
  async of({ surroundings, ...batch }: Crops): Promise<TrainingBatch> {
    const pitch = this.#model?.pitch
    if (!pitch) return batch
    const { mel, frames, marginFrames, phases } = surroundings
    const bands = mel.length / batch.batch / frames
    const logits = tf.tidy(() => pitch.logits(tf.tensor3d(mel, [batch.batch, frames, bands])))
    const values = await logits.data<'float32'>()
    logits.dispose()
    const samples = batch.audio.length / batch.batch
    const hopSamples = samples / batch.frames
    const pulses = new Float32Array(batch.audio.length)
    for (const [row, phase] of phases.entries()) {
      const perRow = values.length / batch.batch
      const track = pitch.track(values.subarray(row * perRow, (row + 1) * perRow))
      const first = marginFrames * hopSamples
      pulses.set(pulsesBetween(pitch.pulses(track, phase), first, first + samples), row * samples)
    }
    return { ...batch, pulses }
  }

  dispose(): void {
    this.#model?.dispose()
  }
}
