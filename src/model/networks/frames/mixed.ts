/**
 * The input of the frame network, mixed like a voice: pulses below 4 kHz where it is voiced, noise elsewhere. Computed
 * in plain numbers. Python counterpart: `mixed` of pretrain/frames.py.
 */
import type { MelConvention } from '../../../dsp/mel-spectrogram.ts'
import type { PitchTrack } from '../../../dsp/pitch-track.ts'
import { frameFilter, hopFraming } from '../../../dsp/stft.ts'

/** The upper limit of the periodic part of a voice; noise takes its place above. */
const periodicBelowHz = 4000

/** noise and pulses [frames * hop] -> [frames * hop]; a new array. */
export function mixed(
  noise: Float32Array,
  pulses: Float32Array,
  { voicing }: PitchTrack,
  convention: MelConvention,
): Float32Array<ArrayBuffer> {
  const framing = hopFraming(convention)
  const hzPerBin = convention.sampleRateHz / convention.fftSize
  // This is the fraction of the power of a voice's excitation that the pulses have.
  const periodic = Float64Array.from(
    { length: convention.fftSize / 2 + 1 },
    (_, bin) => 1 / (1 + ((bin * hzPerBin) / periodicBelowHz) ** 8),
  )
  const ofPulses = periodic.map(Math.sqrt)
  const voiced = frameFilter(pulses, framing, () => ofPulses)
  const unvoiced = frameFilter(noise, framing, (frame) =>
    periodic.map((share) => Math.sqrt(1 - share * voicing[frame] ** 2)),
  )
  return voiced.map((value, t) => value + unvoiced[t])
}
