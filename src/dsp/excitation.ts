/**
 * The glottal excitation of a voice: one pulse per period, with unit variance where it is voiced, as in source-filter
 * vocoders (NSF, arXiv 1904.12088). The phase is a cumulative sum over the whole utterance, in float64, so that pulses
 * do not depend on how the utterance is chunked. Python counterpart: pretrain/speech/excitation.py.
 */
import type { PitchTrack } from './pitch-track.ts'

/** Cycles per sample. At a slower rate no pulse would occur within hours. */
const minAdvance = 1e-5

/**
 * F0 and voicing per frame -> [frames * hop]. A pulse between two samples is split over both; its height, the square
 * root of the period, makes the variance equal to the voicing squared. `startCycles` is the phase before the first
 * sample.
 */
export function excitation(
  { f0Hz, voicing }: PitchTrack,
  { sampleRateHz, hopSamples }: { readonly sampleRateHz: number; readonly hopSamples: number },
  startCycles = 0,
): Float32Array<ArrayBuffer> {
  const samples = f0Hz.length * hopSamples
  const advanceAt = (t: number) => atSample(f0Hz, t, hopSamples) / sampleRateHz
  const pulses = new Float32Array(samples)
  let cycles = startCycles + (samples > 1 ? advanceAt(0) - advanceAt(1) : 0) // extrapolates at the second sample's rate
  for (let t = 0; t < samples; t++) {
    const before = cycles
    cycles = t === 0 ? startCycles + advanceAt(0) : cycles + advanceAt(t)
    const whole = Math.floor(cycles)
    if (whole <= Math.floor(before)) continue
    const advance = Math.max(cycles - before, minAdvance)
    const late = Math.min((cycles - whole) / advance, 1) // samples since the phase wrapped
    const height = atSample(voicing, t, hopSamples) / Math.sqrt(advance)
    pulses[t] += height * (1 - late)
    if (t > 0) pulses[t - 1] += height * late
  }
  return pulses
}

/** Frame values sit at frame centres, with linear interpolation in between, and are held at both ends. */
function atSample(frames: Float32Array, sample: number, hopSamples: number): number {
  const position = Math.min(Math.max((sample + 0.5) / hopSamples - 0.5, 0), frames.length - 1)
  const left = Math.floor(position)
  const right = Math.min(left + 1, frames.length - 1)
  return frames[left] + (position - left) * (frames[right] - frames[left])
}
