/**
 * Integrated loudness, ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gates at -70 LUFS and at 10 LU
 * below the mean of the blocks that pass the first gate. The recommendation gives filter coefficients for 48 kHz only.
 * Here the filters are designed for any rate from analogue prototypes whose parameters reproduce the published
 * coefficients at 48 kHz.
 */
import { type SignalPart, wholeSignal } from './signal-part.ts'

/** b0 b1 b2 (feed-forward) and a1 a2 (feedback), normalised by a0. */
type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number]

const shelf = { hz: 1681.974450955533, gainDb: 3.999843853973347, q: 0.7071752369554196 }
const highPass = { hz: 38.13547087602444, q: 0.5003270373238773 }
/** Exponent of the gain at the corner of the shelving filter, relative to its full gain. */
const cornerExponent = 0.4996667741545416

const absoluteGateLufs = -70
const relativeGateLu = -10
const blockSeconds = 0.4
const stepSeconds = 0.1

/** Models the acoustic effect of the head: treble above about 1.7 kHz is raised by 4 dB. */
function designShelf(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * shelf.hz) / sampleRateHz)
  const high = 10 ** (shelf.gainDb / 20)
  const corner = high ** cornerExponent
  const a0 = 1 + k / shelf.q + k * k
  return [
    (high + (corner * k) / shelf.q + k * k) / a0,
    (2 * (k * k - high)) / a0,
    (high - (corner * k) / shelf.q + k * k) / a0,
    (2 * (k * k - 1)) / a0,
    (1 - k / shelf.q + k * k) / a0,
  ]
}

/** Models the ear's insensitivity to bass. The numerator is not normalised, as in the recommendation. */
function designHighPass(sampleRateHz: number): Biquad {
  const k = Math.tan((Math.PI * highPass.hz) / sampleRateHz)
  const a0 = 1 + k / highPass.q + k * k
  return [1, -2, 1, (2 * (k * k - 1)) / a0, (1 - k / highPass.q + k * k) / a0]
}

/** Filters sample by sample, so that a recording of any length needs no memory for it. */
function filterOf([b0, b1, b2, a1, a2]: Biquad): (sample: number) => number {
  let state1 = 0
  let state2 = 0
  return (sample) => {
    const value = b0 * sample + state1
    state1 = b1 * sample - a1 * value + state2
    state2 = b2 * sample - a2 * value
    return value
  }
}

const toLufs = (power: number) => -0.691 + 10 * Math.log10(power)

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * Mean squares of the overlapping K-weighted blocks that begin in the part; a signal shorter than a block is one block.
 * The surroundings of a part must hold a second, within which the filters forget, before it, and a block after it.
 */
export function blockPowers(
  { samples, first, start, end, total }: SignalPart<ArrayLike<number>>,
  sampleRateHz: number,
): number[] {
  const shelved = filterOf(designShelf(sampleRateHz))
  const weighted = filterOf(designHighPass(sampleRateHz))
  const block = Math.min(Math.round(blockSeconds * sampleRateHz), total)
  const startOf = (index: number) => Math.round(index * stepSeconds * sampleRateHz)
  let index = Math.floor(start / (stepSeconds * sampleRateHz))
  while (startOf(index) < start) index++
  /** The squares of the last `block` samples; sample n is at n modulo `block`. */
  const squares = new Float64Array(block)
  const powers: number[] = []
  for (let n = first; n < first + samples.length && startOf(index) < end; n++) {
    const value = weighted(shelved(samples[n - first]))
    squares[n % block] = value * value
    if (n + 1 !== startOf(index) + block) continue
    let sum = 0
    for (let k = 1; k <= block; k++) sum += squares[(n + k) % block]
    powers.push(sum / block)
    index++
  }
  return powers
}

/**
 * Integrated loudness of one channel in LUFS, at any rate above 4 kHz, which the filters need; -Infinity if no block
 * passes the absolute gate, as in silence.
 */
export function integratedLoudness(samples: ArrayLike<number>, sampleRateHz: number): number {
  return gatedLoudness(blockPowers(wholeSignal(samples), sampleRateHz))
}

/** The integrated loudness of a signal with these powers of its blocks. */
export function gatedLoudness(powers: readonly number[]): number {
  const audible = powers.filter((power) => toLufs(power) > absoluteGateLufs)
  if (audible.length === 0) return Number.NEGATIVE_INFINITY
  const gateLufs = toLufs(mean(audible)) + relativeGateLu
  return toLufs(mean(audible.filter((power) => toLufs(power) > gateLufs)))
}
