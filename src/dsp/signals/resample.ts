/**
 * Resampling by any ratio with a Kaiser-windowed sinc (Smith, "Digital audio resampling",
 * ccrma.stanford.edu/~jos/resample). The browser's own resampler is of unknown quality; this one passes 0 to 90 % of
 * the narrower band within .001 dB and attenuates aliases by 100 dB. Zero phase: time 0 stays time 0.
 */
import { kaiserWindow } from './kaiser.ts'

/**
 * Zero crossings of the sinc on each side. With the Kaiser shape below, the transition is 10 % of the narrower band.
 */
const zeroCrossings = 64
const kaiserBeta = 10.06
/** The middle of the transition, relative to the narrower band; the transition ends where that band does. */
const cutoff = 0.95
/**
 * A pair of rates that needs more phases than this, or more weights in total, interpolates between tabulated phases.
 * The lower the new rate, the wider the kernel and the fewer phases it needs: 2^18 weights leave 2,048 per crossing.
 */
const maxPhases = 512
const maxWeights = 2 ** 18

/** The greatest common divisor of two positive integers. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** The kernel at `position` input samples from its centre; `scale` <= 1 narrows the band and widens the kernel. */
function kernelAt(position: number, scale: number): number {
  const crossings = position * scale
  const window = kaiserWindow(crossings / zeroCrossings, kaiserBeta)
  const angle = Math.PI * crossings * cutoff
  return scale * cutoff * (angle === 0 ? 1 : Math.sin(angle) / angle) * window
}

/**
 * Row p is the kernel for outputs at p / phases after an input sample; the last row equals the first, one sample later.
 */
function kernelTable(phases: number, reach: number, scale: number): Float64Array[] {
  return Array.from({ length: phases + 1 }, (_, phase) => {
    const row = Float64Array.from({ length: 2 * reach }, (_, tap) =>
      kernelAt(tap - reach + 1 - phase / phases, scale),
    )
    // Normalising every phase to the same DC gain keeps constants free of ripple.
    const sum = row.reduce((total, weight) => total + weight, 0)
    return row.map((weight) => weight / sum)
  })
}

/**
 * Resamples `samples` from `fromHz` to `toHz` (positive, not necessarily integer) to ceil(samples * toHz / fromHz)
 * samples. The signal is zero before its start and after its end. Equal rates return a copy.
 */
export function resample(samples: Float32Array, fromHz: number, toHz: number): Float32Array<ArrayBuffer> {
  if (!(fromHz > 0 && toHz > 0 && Number.isFinite(fromHz) && Number.isFinite(toHz))) {
    throw new RangeError(`sample rates must be positive, not ${fromHz} and ${toHz} Hz`)
  }
  if (fromHz === toHz) return Float32Array.from(samples)
  const whole = Number.isInteger(fromHz) && Number.isInteger(toHz)
  const exactPhases = whole ? toHz / greatestCommonDivisor(fromHz, toHz) : Number.POSITIVE_INFINITY
  const scale = Math.min(1, toHz / fromHz)
  const reach = Math.ceil(zeroCrossings / scale)
  const affordablePhases = Math.max(1, Math.floor(maxWeights / (2 * reach)))
  const phases = Math.min(exactPhases, maxPhases, affordablePhases)
  const table = kernelTable(phases, reach, scale)
  const step = fromHz / toHz

  // The division comes last because the product of integers is exact.
  const length = Math.ceil((samples.length * toHz) / fromHz)
  const output = new Float32Array(length)
  for (let n = 0; n < length; n++) {
    const position = whole ? (n * fromHz) / toHz : n * step
    const before = Math.floor(position)
    const phase = (position - before) * phases
    // Rounding errors can move an exact phase slightly off its row.
    const row = phases === exactPhases ? Math.round(phase) : Math.floor(phase)
    const blend = phases === exactPhases ? 0 : phase - row
    output[n] = convolve(samples, before - reach + 1, table[row], table[Math.min(row + 1, phases)], blend)
  }
  return output
}

/** Dot product of the samples from `start` on with a kernel interpolated between `near` and `far` at `blend`. */
function convolve(
  samples: Float32Array,
  start: number,
  near: Float64Array,
  far: Float64Array,
  blend: number,
): number {
  const first = Math.max(0, -start)
  const last = Math.min(near.length, samples.length - start)
  let sum = 0
  for (let tap = first; tap < last; tap++) sum += samples[start + tap] * near[tap]
  if (blend === 0) return sum
  let farSum = 0
  for (let tap = first; tap < last; tap++) farSum += samples[start + tap] * far[tap]
  return sum + blend * (farSum - sum)
}
