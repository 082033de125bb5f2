/**
 * Measures how well the numbers of a mel fit a reading: whether speech has such levels in that analysis, and whether
 * they stop at the floor at which its producer clips.
 */
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import { affineOf, nepersPerLevel } from '../conversion/mel-values.ts'
import type { MelValues } from '../mel-reading.ts'
import { fullScaleLevel } from './mel-range.ts'

/** Statistics of the stored values, without those of constant frames. */
export type ValueStatistics = {
  readonly min: number
  readonly max: number
  readonly mean: number
  readonly deviation: number
  /** The number of values that equal the lowest. */
  readonly atMin: number
  /** Mean and deviation of the logarithms of the positive values. */
  readonly logMean: number
  readonly logDeviation: number
}

export function statisticsOf(values: Float32Array): ValueStatistics {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  const plain = createMoments()
  const logarithms = createMoments()
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    plain.add(value)
    if (value > 0) logarithms.add(Math.log(value))
  }
  const atMin = values.reduce((count, value) => (value - min < 1e-4 ? count + 1 : count), 0)
  const [mean, deviation] = plain.read()
  const [logMean, logDeviation] = logarithms.read()
  return { min, max, mean, deviation, atMin, logMean, logDeviation }
}

function createMoments() {
  let count = 0
  let sum = 0
  let sumOfSquares = 0
  return {
    add(value: number) {
      count += 1
      sum += value
      sumOfSquares += value * value
    },
    read(): readonly [mean: number, deviation: number] {
      const mean = sum / Math.max(1, count)
      return [mean, Math.sqrt(Math.max(0, sumOfSquares / Math.max(1, count) - mean * mean))]
    },
  }
}

/**
 * Statistics of speech in natural logarithms of magnitude, relative to a full-scale sine; measured on recordings of
 * three voices that are peak-normalised or as published. Quiet recordings are more common than louder ones.
 */
const speech = {
  highest: { centre: -1.7, below: 2.2, above: 0.8 },
  /** The mean, relative to the highest value. */
  mean: { centre: -6.2, below: 1.6, above: 1.2 },
  deviation: { centre: 2, below: 0.4, above: 1 },
}
/** The same statistics of normalised values, in their own unit. */
const normalisedSpeech = {
  highest: { centre: 3, below: 0.7, above: 0.7 },
  mean: { centre: 0.1, below: 0.3, above: 0.4 },
  deviation: { centre: 1, below: 0.15, above: 0.2 },
}

type Spread = { readonly centre: number; readonly below: number; readonly above: number }

function logDensity(value: number, { centre, below, above }: Spread): number {
  const z = (value - centre) / (value < centre ? below : above)
  return -0.5 * z * z - Math.log((below + above) / 2)
}

const impossible = -1000
/** Logarithms of the factors by which such evidence makes a reading likelier. */
const floorEvidence = 6
const boundEvidence = 3
/** A value within this of a floor, in nepers, is that floor rounded to float16, which represents -23.03 to within 0.008. */
export const floorTolerance = 0.012

/** Log-likelihood of the values, comparable between readings. `floors` are band sums that the producer may clip at. */
export function logLikelihood(
  found: ValueStatistics,
  values: MelValues,
  convention: MelConvention,
  floors: readonly number[],
): number {
  if (values.scaling?.kind === 'statistics' && !values.scaling.statistics) return normalisedLikelihood(found)
  if (values.unit === 'linear') return linearLikelihood(found, values, convention)
  const { mean, deviation } = averaged(affineOf(values))
  const nepers = nepersPerLevel(values)
  const slope = nepers * deviation
  const toNepers = (stored: number) => slope * stored + nepers * mean
  const reference = fullScaleLevel(convention, values.of)
  let sum = 3 * Math.log(slope)
  sum += logDensity(toNepers(found.max) - reference, speech.highest)
  sum += logDensity(slope * (found.mean - found.max), speech.mean)
  sum += logDensity(slope * found.deviation, speech.deviation)
  const depth = Math.min(...floors.map((floor) => Math.abs(toNepers(found.min) - floorLevel(floor, values))))
  // Base-10 logarithms and decibels that reach their floor do so more than once; a single such value is chance.
  if (depth < floorTolerance * Math.max(1, nepers) && (values.unit === 'ln' || found.atMin > 1)) {
    sum += floorEvidence
  } else {
    const lowest = Math.min(...floors.map((floor) => floorLevel(floor, values)))
    // A mel that a network predicts may fall slightly below its floor.
    sum -= Math.min(12, 4 * Math.max(0, lowest - toNepers(found.min) - 0.1))
  }
  return sum + rangeLikelihood(found, values)
}

const floorLevel = (floor: number, { of }: MelValues) => Math.log(floor) / (of === 'power' ? 2 : 1)

function averaged({ mean, deviation }: ReturnType<typeof affineOf>) {
  const average = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length
  return { mean: average(mean), deviation: average(deviation) }
}

function normalisedLikelihood({ max, mean, deviation }: ValueStatistics): number {
  return (
    logDensity(max, normalisedSpeech.highest) +
    logDensity(mean, normalisedSpeech.mean) +
    logDensity(deviation, normalisedSpeech.deviation)
  )
}

function linearLikelihood(found: ValueStatistics, { of }: MelValues, convention: MelConvention): number {
  if (found.min < 0 || found.max <= 0) return impossible
  const slope = of === 'power' ? 0.5 : 1
  const highest = slope * Math.log(found.max)
  return (
    3 * Math.log(slope) +
    logDensity(highest - fullScaleLevel(convention, of), speech.highest) +
    logDensity(slope * found.logMean - highest, speech.mean) +
    logDensity(slope * found.logDeviation, speech.deviation) -
    // The density of linear values is narrow near 0.
    Math.log(Math.max(1, found.max / Math.max(found.deviation, 1e-9) / 8))
  )
}

function rangeLikelihood({ min, max }: ValueStatistics, { scaling }: MelValues): number {
  if (scaling?.kind !== 'range') return 0
  const [low, high] = scaling.stored
  const tolerance = 0.002 * (high - low)
  if (min < low - tolerance || max > high + tolerance) return impossible
  return min < low + 1e-4 || max > high - 1e-4 ? boundEvidence : 0
}
