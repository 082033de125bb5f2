/**
 * The scales in which mels are stored, recognised from their values and converted to the natural logarithm of a
 * magnitude. All are linear in the logarithm, so the conversion is lossless. Sources: the producers' preprocessing, as
 * listed per scale.
 */
import type { MelReading, MelValues } from './mel-reading.ts'

const nepersPerDecibel = Math.LN10 / 20
const usualDecibelRange: readonly [number, number] = [-80, 20]

/** Names of the scales for the page. */
export const valueNames: Readonly<Record<MelValues, string>> = {
  ln: 'natural logarithm',
  log10: 'logarithm to base 10',
  'log10-power': 'logarithm to base 10 of power',
  db: 'decibels',
  lmnt: 'decibels scaled to 0..1',
  'symmetric-4': 'decibels scaled to -4..4',
  normalised: 'logarithm minus its mean, divided by its deviation',
}

/** The programs that write each scale. */
export const valueWriters: Readonly<Record<MelValues, string>> = {
  ln: 'Tacotron 2, HiFi-GAN, FastSpeech 2, Matcha-TTS, ESPnet',
  log10: 'ParallelWaveGAN, ESPnet',
  'log10-power': 'WaveGrad by ivanvovk',
  db: 'librosa',
  lmnt: 'WaveGrad by lmnt',
  'symmetric-4': 'coqui TTS',
  normalised: 'ParallelWaveGAN, ESPnet norm/',
}

export type RecognisedValues = {
  readonly values: MelValues
  /** The reason for the choice, for the page: "floor 1e-5". */
  readonly evidence: string
  /** Whether only the range supports the choice, without a floor or bounds. */
  readonly isGuess: boolean
}

type Statistics = { min: number; max: number; mean: number; deviation: number; atMin: number }

/** The lowest value that clipping leaves, the scale that it implies, and the clipped magnitude as text for the page. */
const floors: readonly [floor: number, values: MelValues, evidence: string][] = [
  [Math.log(1e-5), 'ln', 'floor 1e-5'],
  [Math.log(1e-9), 'ln', 'floor 1e-9'],
  [Math.log(1e-10), 'ln', 'floor 1e-10'],
  [-5, 'log10', 'floor 1e-5'],
  [-10, 'log10', 'floor 1e-10'],
  [-80, 'db', 'floor -80 dB'],
  [-100, 'db', 'floor -100 dB'],
]
/** float16 represents -23.03 to within 0.008. */
const floorTolerance = 0.012

/** Checks floors, then bounds, then the range as a whole, in the order of the table of scales. */
export function recogniseValues(values: Float32Array): RecognisedValues {
  const { min, max, mean, deviation, atMin } = statisticsOf(values)
  for (const [floor, scale, evidence] of floors) {
    // Base-10 logarithms and decibels that reach their floor do so more than once; a single such value is chance.
    const isReached = Math.abs(min - floor) < floorTolerance && (scale === 'ln' || atMin > 1)
    if (isReached) return { values: scale, evidence, isGuess: false }
  }
  if (min >= 0 && max <= 1) return { values: 'lmnt', evidence: 'values from 0 to 1', isGuess: false }
  const isClippedAt4 = min >= -4 && max <= 4 && (min === -4 || max === 4)
  if (isClippedAt4) return { values: 'symmetric-4', evidence: 'clipped at -4 and 4', isGuess: false }
  if (Math.abs(mean) < 0.5 && Math.abs(deviation - 1) < 0.4) {
    return { values: 'normalised', evidence: 'mean 0, deviation 1', isGuess: false }
  }
  const evidence = `values from ${min.toFixed(1)} to ${max.toFixed(1)}`
  return { values: guessByRange(min, max, mean, deviation), evidence, isGuess: true }
}

/** Speech in nats has a mean near -5 and a deviation near 2; in base-10 logarithms both are less than half of that. */
function guessByRange(min: number, max: number, mean: number, deviation: number): MelValues {
  if (min < -26 || max > 12) return 'db'
  if (min >= -4 && max <= 4 && max > 2.5) return 'symmetric-4'
  return mean > -3.5 && deviation < 1.5 && min > -10.5 ? 'log10' : 'ln'
}

function statisticsOf(values: Float32Array): Statistics {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let sum = 0
  let sumOfSquares = 0
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
    sumOfSquares += value * value
  }
  const mean = sum / values.length
  const deviation = Math.sqrt(Math.max(0, sumOfSquares / values.length - mean * mean))
  const atMin = values.reduce((count, value) => (value - min < 1e-4 ? count + 1 : count), 0)
  return { min, max, mean, deviation, atMin }
}

/**
 * Converts `values`, frame-major with `reading.convention.bands` per frame, to ln of a magnitude, in a new array.
 * Silence stored as 0 (`log10-power`) becomes -Infinity, which the target's floor raises. `normalised` needs its
 * statistics.
 */
export function naturalLogarithm(values: Float32Array, reading: MelReading): Float32Array<ArrayBuffer> {
  if (reading.values === 'normalised') return denormalised(values, reading)
  const { slope, offset } = lineOf(reading)
  const isPower = reading.values === 'log10-power'
  return mapped(values, (value) =>
    isPower && value === 0 ? Number.NEGATIVE_INFINITY : slope * value + offset,
  )
}

type Line = { readonly slope: number; readonly offset: number }

function lineOf({ values, convention, decibelRange = usualDecibelRange }: MelReading): Line {
  const [low, high] = decibelRange.map((level) => level * nepersPerDecibel)
  switch (values) {
    case 'ln':
    case 'normalised':
      return { slope: 1, offset: 0 }
    case 'log10':
      return { slope: Math.LN10, offset: 0 }
    case 'log10-power':
      return { slope: Math.LN10 / 2, offset: 0 }
    case 'db':
      return { slope: nepersPerDecibel, offset: 0 }
    case 'lmnt':
      // torchaudio's normalized=True divides by the square root of the window's energy, 3/8 of its length for Hann.
      return { slope: high - low, offset: low + Math.log(0.375 * convention.windowSamples) / 2 }
    case 'symmetric-4':
      return { slope: (high - low) / 8, offset: (low + high) / 2 }
    default:
      return values satisfies never
  }
}

function mapped(values: Float32Array, map: (value: number, index: number) => number) {
  const result = new Float32Array(values.length)
  for (let i = 0; i < result.length; i++) result[i] = map(values[i], i)
  return result
}

function denormalised(values: Float32Array, { statistics, convention: { bands } }: MelReading) {
  if (!statistics) throw new RangeError('Normalised values need their statistics.')
  const { mean, deviation } = statistics
  const logarithms = mapped(values, (value, i) => value * deviation[i % bands] + mean[i % bands])
  const base = statistics.of ?? (recogniseValues(logarithms).values === 'log10' ? 'log10' : 'ln')
  return base === 'ln' ? logarithms : mapped(logarithms, (value) => value * Math.LN10)
}
