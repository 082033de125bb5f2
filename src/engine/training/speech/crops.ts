/**
 * The training batch of one step: crops of the speech, drawn from (seed, step) alone, so that resuming needs no other
 * state. As in pretrain/data.py, longer clips are drawn more often, each crop has a random gain, and its mel has no
 * edge effects.
 */
import { uniformNoise } from '../../../base/random.ts'
import { melSpectrogram } from '../../../dsp/mel/mel.ts'
import type { ModelConfig } from '../../../model/config.ts'
import { whitenByPrior } from '../../../model/prior/prior.ts'
import type { TrainingBatch } from '../steps/step-loss.ts'
import { peakLevel, type SpeechClip } from './speech-clips.ts'

export type Crops = TrainingBatch & {
  /** The inputs for the excitation of the crops. */
  readonly surroundings: {
    /** [batch, frames, bands], the crops' own frames and `marginFrames` more on both sides. */
    readonly mel: Float32Array
    readonly frames: number
    readonly marginFrames: number
    /** Initial phase of each excitation, in cycles, 0..1. */
    readonly phases: readonly number[]
  }
}

export type CropSettings = { readonly seed: number; readonly batch: number; readonly cropSamples: number }

const gainDb = { min: -12, max: 8 }
/** Frames of real context on both sides of a crop, so that its mel has no edge effects. */
const marginFrames = 2
/** Limit in standard deviations: a whitened click reaches 100 and would disturb the network for many steps. */
const maxWhitened = 10
/** The other noise of a step is drawn from the seed itself; crops and phases use separate keys. */
const seedOfCrops = 0x9e37_79b9
const seedOfPhases = 0x7f4a_7c15
const drawsPerCrop = 3

/** Draws the crops of `step`, which counts from 0. */
export function drawCrops(
  clips: readonly SpeechClip[],
  config: ModelConfig,
  { seed, batch, cropSamples }: CropSettings,
  step: number,
): Crops {
  const { hopSamples, bands } = config.mel
  const frames = cropSamples / hopSamples
  const margin = marginFrames * hopSamples
  const wanted = cropSamples + 2 * margin
  const chances = clips.map(({ samples }) => Math.max(samples.length - wanted, hopSamples))
  const drawn = uniformNoise((seed ^ seedOfCrops) >>> 0, step, 0, batch * drawsPerCrop)
  const audio = new Float32Array(batch * cropSamples)
  const whitened = new Float32Array(batch * cropSamples)
  const mel = new Float32Array(batch * frames * bands)
  const framesAround = frames + 2 * marginFrames
  const melAround = new Float32Array(batch * framesAround * bands)
  for (let row = 0; row < batch; row++) {
    const [which, where, gain] = drawn.subarray(row * drawsPerCrop, (row + 1) * drawsPerCrop)
    const { samples } = clips[pick(chances, which)]
    const first = Math.floor(where * Math.max(0, samples.length - wanted + 1))
    const piece = withGain(samples.subarray(first, first + wanted), gain, wanted)
    const pieceMel = melSpectrogram(piece, config.mel)
    const pieceWhitened = whitenByPrior(piece, pieceMel, config)
    audio.set(piece.subarray(margin, margin + cropSamples), row * cropSamples)
    for (let t = 0; t < cropSamples; t++)
      whitened[row * cropSamples + t] = Math.max(
        -maxWhitened,
        Math.min(maxWhitened, pieceWhitened[margin + t]),
      )
    const inside = pieceMel.values.subarray(marginFrames * bands, (marginFrames + frames) * bands)
    mel.set(inside, row * frames * bands)
    melAround.set(pieceMel.values, row * framesAround * bands)
  }
  const phases = Array.from(uniformNoise((seed ^ seedOfPhases) >>> 0, step, 0, batch))
  const surroundings = { mel: melAround, frames: framesAround, marginFrames, phases }
  return { batch, frames, audio, whitened, mel, surroundings }
}

/** Returns the index whose share of the total of `chances` contains `at`, in [0, 1). */
function pick(chances: readonly number[], at: number): number {
  let left = at * chances.reduce((sum, chance) => sum + chance, 0)
  const index = chances.findIndex((chance) => {
    left -= chance
    return left < 0
  })
  return index < 0 ? chances.length - 1 : index
}

/** Returns `wanted` samples; a shorter piece is padded with silence. */
function withGain(piece: Float32Array, drawn: number, wanted: number): Float32Array<ArrayBuffer> {
  const peak = piece.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-4)
  const gain = 10 ** ((gainDb.min + drawn * (gainDb.max - gainDb.min)) / 20)
  const louder = new Float32Array(wanted)
  for (let t = 0; t < piece.length; t++) louder[t] = piece[t] * Math.min(gain, peakLevel / peak)
  return louder
}
