/**
 * The scales in which mels are stored: their names, and the conversion to the natural logarithm of a magnitude, which
 * is lossless unless the values were clipped.
 */
import type { MelReading, MelStatistics, MelValues } from '../mel-reading.ts'

const unitNames = {
  ln: 'natural logarithm',
  log10: 'logarithm to base 10',
  db: 'decibels',
  linear: 'linear',
} as const

/** "natural logarithm of magnitude", "decibels of magnitude, −80..20 stored as 0..1". */
export function nameOfValues({ unit, of, scaling }: MelValues): string {
  const name = unit === 'linear' ? `linear ${of}` : `${unitNames[unit]} of ${of}`
  if (!scaling) return name
  if (scaling.kind === 'statistics') return `${name}, ${statisticsText(scaling.statistics)}`
  return `${name}, ${rangeText(scaling.levels)} stored as ${rangeText(scaling.stored)}`
}

function statisticsText(statistics: MelStatistics | undefined): string {
  if (statistics?.mean.length !== 1 || statistics.deviation.length !== 1) {
    return 'minus its mean, divided by its deviation'
  }
  const [mean, deviation] = [rounded(statistics.mean[0]), rounded(statistics.deviation[0])]
  return deviation === '1' ? `minus ${mean}` : `minus ${mean}, divided by ${deviation}`
}

const rounded = (value: number) => `${Math.round(100 * value) / 100}`.replace('-', '−')

const rangeText = ([low, high]: readonly [number, number]) =>
  [low, high].map((value) => `${Math.round(10 * value) / 10}`.replace('-', '−')).join('..')

/** The factor from a level, or from ln of a linear value, to ln of the magnitude, which is half of that of the power. */
export function nepersPerLevel({ unit, of }: MelValues): number {
  // Decibels are the same number for a magnitude and its power.
  if (unit === 'db') return Math.LN10 / 20
  return (unit === 'log10' ? Math.LN10 : 1) / (of === 'power' ? 2 : 1)
}

/** Stored values are levels minus `mean`, divided by `deviation`, each one number or one per band. */
export function affineOf({ scaling }: MelValues): MelStatistics {
  if (!scaling) return { mean: [0], deviation: [1] }
  if (scaling.kind === 'range') {
    const [low, high] = scaling.levels
    const [lowest, highest] = scaling.stored
    const deviation = (high - low) / (highest - lowest)
    return { mean: [low - lowest * deviation], deviation: [deviation] }
  }
  if (!scaling.statistics) throw new RangeError('Normalised values need their statistics.')
  return scaling.statistics
}

/**
 * Converts `values`, frame-major with `reading.convention.bands` per frame, to ln of a magnitude, in a new array; if
 * the bands sum power, to half the ln of it. Linear values of 0 and less become -Infinity, which the target's floor
 * raises, and so does an exact 0 in logarithms of power, which ivanvovk/WaveGrad stores for silence.
 */
export function naturalLogarithm(
  values: Float32Array,
  { values: scale, convention: { bands } }: Pick<MelReading, 'values' | 'convention'>,
): Float32Array<ArrayBuffer> {
  const { mean, deviation } = affineOf(scale)
  const nepers = nepersPerLevel(scale)
  const isSilence = (value: number) =>
    value === 0 && scale.unit === 'log10' && scale.of === 'power' && !scale.scaling
  const ofBand = (list: readonly number[], band: number) => list[list.length > 1 ? band : 0]
  const result = new Float32Array(values.length)
  for (let i = 0; i < result.length; i++) {
    const level = values[i] * ofBand(deviation, i % bands) + ofBand(mean, i % bands)
    if (isSilence(values[i])) result[i] = Number.NEGATIVE_INFINITY
    else result[i] = nepers * (scale.unit === 'linear' ? Math.log(Math.max(level, 0)) : level)
  }
  return result
}
