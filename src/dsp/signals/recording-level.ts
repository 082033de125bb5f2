/** Brings a recording that is far too loud or too quiet to a level from which a vocoder can make speech. */
import { countClippedPlaces } from './clipped-places.ts'
import { integratedLoudness } from './loudness.ts'

/** Vocoders learn from speech at about this level. */
const targetLufs = -23
/** Quieter recordings are raised; ordinary speech is louder, also at a distance. */
const minLufs = -45
const maxPeak = 0.99
/** Smaller gains are inaudible, so the samples stay as they are. */
const minGainDb = 0.5

export type Levelled = {
  readonly samples: Float32Array<ArrayBuffer>
  /** 0 if the samples are those that were given. */
  readonly gainDb: number
  /** The number of places where the recording was cut off at full scale, which no gain repairs. */
  readonly clippedPlaces: number
}

/** @param samples nominally in [-1, 1]; floats may exceed it. They are not changed. */
export function levelRecording(samples: Float32Array<ArrayBuffer>, sampleRateHz: number): Levelled {
  const gain = gainFor(samples, sampleRateHz)
  const gainDb = 20 * Math.log10(gain)
  // Floats beyond full scale are not clipped; they only have to be lowered.
  const clippedPlaces = gain < 1 ? 0 : countClippedPlaces(samples)
  if (Math.abs(gainDb) < minGainDb) return { samples, gainDb: 0, clippedPlaces }
  return { samples: samples.map((sample) => sample * gain), gainDb, clippedPlaces }
}

function gainFor(samples: Float32Array, sampleRateHz: number): number {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  if (peak === 0) return 1
  if (peak > 1) return maxPeak / peak
  const loudness = integratedLoudness(samples, sampleRateHz)
  // Silence has no loudness, and its noise must not be raised.
  if (loudness >= minLufs || loudness === Number.NEGATIVE_INFINITY) return 1
  return Math.min(10 ** ((targetLufs - loudness) / 20), maxPeak / peak)
}
