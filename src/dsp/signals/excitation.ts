/**
 * The glottal excitation of a voice: one pulse per period, with unit variance where it is voiced, as in source-filter
 * vocoders (NSF, arXiv 1904.12088). The phase is a cumulative sum over the whole utterance, in float64, so that pulses
 * do not depend on how the utterance is chunked. Python counterpart: pretrain/speech/excitation.py.
 */
import type { PitchTrack } from './pitch-track.ts'

/** Cycles per sample. At a slower rate no pulse would occur within hours. */
const minAdvance = 1e-5

/** A signal that is zero except at `times`, which ascend. A voice has two such samples per period. */
export type Pulses = {
  /** Length of the signal. */
  readonly samples: number
  readonly times: Int32Array
  /** The values at `times`. */
  readonly heights: Float32Array
}

/**
 * F0 and voicing per frame -> pulses of frames * hop samples. A pulse between two samples is split over both; its
 * height, the square root of the period, makes the variance equal to the voicing squared. `startCycles` is the phase
 * before the first sample.
 */
export function excitation(
  { f0Hz, voicing }: PitchTrack,
  { sampleRateHz, hopSamples }: { readonly sampleRateHz: number; readonly hopSamples: number },
  startCycles = 0,
): Pulses {
  const samples = f0Hz.length * hopSamples
  const advanceAt = (t: number) => atSample(f0Hz, t, hopSamples) / sampleRateHz
  const times: number[] = []
  const heights: number[] = []
  /** Adds in single precision, as the signal has it. */
  const add = (time: number, height: number) => {
    const last = times.length - 1
    if (times[last] === time) heights[last] = Math.fround(heights[last] + height)
    else {
      times.push(time)
      heights.push(Math.fround(height))
    }
  }
  let cycles = startCycles + (samples > 1 ? advanceAt(0) - advanceAt(1) : 0) // extrapolates at the second sample's rate
  for (let t = 0; t < samples; t++) {
    const before = cycles
    cycles = t === 0 ? startCycles + advanceAt(0) : cycles + advanceAt(t)
    const whole = Math.floor(cycles)
    if (whole <= Math.floor(before)) continue
    const advance = Math.max(cycles - before, minAdvance)
    const late = Math.min((cycles - whole) / advance, 1) // samples since the phase wrapped
    const height = atSample(voicing, t, hopSamples) / Math.sqrt(advance)
    if (t > 0) add(t - 1, height * late)
    add(t, height * (1 - late))
  }
  return { samples, times: Int32Array.from(times), heights: Float32Array.from(heights) }
}

/** Samples first .. end of the signal. */
export function pulsesBetween(
  { times, heights }: Pulses,
  first: number,
  end: number,
): Float32Array<ArrayBuffer> {
  const signal = new Float32Array(end - first)
  for (let index = firstFrom(times, first); times[index] < end; index++)
    signal[times[index] - first] = heights[index]
  return signal
}

/** The index of the first of the ascending `times` that is at least `time`. */
function firstFrom(times: Int32Array, time: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle] < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Frame values sit at frame centres, with linear interpolation in between, and are held at both ends. */
function atSample(frames: Float32Array, sample: number, hopSamples: number): number {
  const position = Math.min(Math.max((sample + 0.5) / hopSamples - 0.5, 0), frames.length - 1)
  const left = Math.floor(position)
  const right = Math.min(left + 1, frames.length - 1)
  return frames[left] + (position - left) * (frames[right] - frames[left])
}
