/** The signed difference between two signals as a picture, with its summaries over time and over frequency. */
import type { MelSpectrogram } from '../dsp/mel/mel-spectrogram.ts'
import type { Spectrogram } from '../dsp/spectra/spectrogram.ts'

/** Frame-major [frames, bins]; positive where the first signal has more. */
export type Difference = {
  readonly frames: number
  readonly bins: number
  readonly hopSeconds: number
  readonly unit: 'dB' | 'nat'
  /** Frequency of the last bin of level spectrograms; their first is 0 Hz. Mels have the bands of their convention. */
  readonly highHz?: number
  readonly values: Float32Array<ArrayBuffer>
  /** Root mean square over the bins, per frame. */
  readonly overTime: Float32Array<ArrayBuffer>
  /** Mean of the absolute values over the frames, per bin. */
  readonly overFrequency: Float32Array<ArrayBuffer>
  /** Signed mean over the frames, per bin: positive if it is too loud throughout, negative if too soft. */
  readonly biasOverFrequency: Float32Array<ArrayBuffer>
  /** Root mean square over all values. */
  readonly total: number
  /** Duration of the longer signal past the end of the shorter one, which is not compared. */
  readonly uncomparedSeconds: number
}

/** Levels further than this below the louder signal's peak are inaudible and are clamped there. */
const countedRangeDb = 80

/**
 * Levels of `of` minus levels of `from`, over their common frames and bins. Both must have the same hop and bin
 * spacing; throws RangeError otherwise.
 */
export function levelDifference(of: Spectrogram, from: Spectrogram): Omit<Difference, 'uncomparedSeconds'> {
  if (of.hopSeconds !== from.hopSeconds || of.bins !== from.bins)
    throw new RangeError('spectrograms of different rates cannot be compared bin by bin')
  const floorDb = Math.max(largest(of.levelsDb), largest(from.levelsDb)) - countedRangeDb
  const frames = Math.min(of.frames, from.frames)
  const values = Float32Array.from(
    { length: frames * of.bins },
    (_, i) => Math.max(of.levelsDb[i], floorDb) - Math.max(from.levelsDb[i], floorDb),
  )
  const { bins, hopSeconds, highHz } = of
  return differenceOf({ values, frames, bins, hopSeconds, highHz, unit: 'dB' })
}

/**
 * The output's mel minus the input mel, both in natural logarithms, over their common frames, written over the former.
 */
export function melDifference(
  output: MelSpectrogram,
  input: MelSpectrogram,
  hopSeconds: number,
): Omit<Difference, 'uncomparedSeconds'> {
  const frames = Math.min(output.frames, input.frames)
  const { bands } = input
  const values = output.values.subarray(0, frames * bands)
  for (let i = 0; i < values.length; i++) values[i] -= input.values[i]
  return differenceOf({ values, frames, bins: bands, hopSeconds, unit: 'nat' })
}

type Values = Pick<Difference, 'values' | 'frames' | 'bins' | 'hopSeconds' | 'highHz' | 'unit'>

/** Adds the summaries to the values of a difference. */
export function differenceOf(difference: Values): Omit<Difference, 'uncomparedSeconds'> {
  const { values, frames, bins } = difference
  const overTime = new Float32Array(frames)
  const overFrequency = new Float32Array(bins)
  const biasOverFrequency = new Float32Array(bins)
  let squares = 0
  for (let frame = 0; frame < frames; frame++) {
    let ofFrame = 0
    for (let bin = 0; bin < bins; bin++) {
      const value = values[frame * bins + bin]
      ofFrame += value * value
      overFrequency[bin] += Math.abs(value) / frames
      biasOverFrequency[bin] += value / frames
    }
    overTime[frame] = Math.sqrt(ofFrame / bins)
    squares += ofFrame
  }
  return {
    ...difference,
    overTime,
    overFrequency,
    biasOverFrequency,
    total: frames === 0 ? 0 : Math.sqrt(squares / values.length),
  }
}

function largest(values: Float32Array): number {
  let found = Number.NEGATIVE_INFINITY
  for (const value of values) if (value > found) found = value
  return found
}
