/**
 * Integrated loudness, ITU-R BS.1770-4: K-weighting, blocks of 400 ms every 100 ms, gates at -70 LUFS and at 10 LU
 * below the mean of the blocks that pass the first gate. The recommendation gives filter coefficients for 48 kHz only.
 * Here the filters are designed for any rate from analogue prototypes whose parameters reproduce the published
 * coefficients at 48 kHz.
 */

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

function filter(samples: ArrayLike<number>, [b0, b1, b2, a1, a2]: Biquad): Float64Array {
  const filtered = new Float64Array(samples.length)
  let state1 = 0
  let state2 = 0
  for (let n = 0; n < samples.length; n++) {
    const value = b0 * samples[n] + state1
    state1 = b1 * samples[n] - a1 * value + state2
    state2 = b2 * samples[n] - a2 * value
    filtered[n] = value
  }
  return filtered
}

const toLufs = (power: number) => -0.691 + 10 * Math.log10(power)

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Mean squares of the overlapping blocks; a signal shorter than a block is one block. */
function blockPowers(weighted: Float64Array, sampleRateHz: number): number[] {
  const block = Math.min(Math.round(blockSeconds * sampleRateHz), weighted.length)
  const powers: number[] = []
  for (let index = 0; ; index++) {
    const start = Math.round(index * stepSeconds * sampleRateHz)
    if (start + block > weighted.length) return powers
    let sum = 0
    for (let n = start; n < start + block; n++) sum += weighted[n] * weighted[n]
    powers.push(sum / block)
    if (block < blockSeconds * sampleRateHz - 1) return powers
  }
}

/**
 * Integrated loudness of one channel in LUFS, at any rate above 4 kHz, which the filters need; -Infinity if no block
 * passes the absolute gate, as in silence.
 */
export function integratedLoudness(samples: ArrayLike<number>, sampleRateHz: number): number {
  if (samples.length === 0) return Number.NEGATIVE_INFINITY
  const weighted = filter(filter(samples, designShelf(sampleRateHz)), designHighPass(sampleRateHz))
  const audible = blockPowers(weighted, sampleRateHz).filter((power) => toLufs(power) > absoluteGateLufs)
  if (audible.length === 0) return Number.NEGATIVE_INFINITY
  const gateLufs = toLufs(mean(audible)) + relativeGateLu
  return toLufs(mean(audible.filter((power) => toLufs(power) > gateLufs)))
}
