/**
 * The input of the frame network, mixed like a voice: pulses below 4 kHz where it is voiced, noise elsewhere. Computed
 * in plain numbers. Python counterpart: `mixed` of pretrain/frames.py.
 */
import type { MelConvention } from '../../../dsp/mel-spectrogram.ts'
import type { PitchTrack } from '../../../dsp/pitch-track.ts'
import { frameFilterFor, hopFraming } from '../../../dsp/stft.ts'

/** The upper limit of the periodic part of a voice; noise takes its place above. */
const periodicBelowHz = 4000

/** noise and pulses [frames * hop] -> [frames * hop]; a new array. */
export function mixed(
  noise: Float32Array,
  pulses: Float32Array,
  { voicing }: PitchTrack,
  convention: MelConvention,
): Float32Array<ArrayBuffer> {
  const samples = noise.length
  const filter = frameFilterFor(hopFraming(convention), samples)
  const bins = convention.fftSize / 2 + 1
  const hzPerBin = convention.sampleRateHz / convention.fftSize
  // This is the fraction of the power of a voice's excitation that the pulses have.
  const periodic = Float64Array.from(
    { length: bins },
    (_, bin) => 1 / (1 + ((bin * hzPerBin) / periodicBelowHz) ** 8),
  )
  const ofPulses = periodic.map(Math.sqrt)
  const ofNoise = new Float64Array(bins)
  const voiced = new Float32Array(samples)
  filter(pulses, () => ofPulses, voiced)
  const both = new Float32Array(samples)
  const gainsOfNoise = (frame: number) => {
    const share = voicing[frame] ** 2
    for (let bin = 0; bin < bins; bin++) ofNoise[bin] = Math.sqrt(1 - periodic[bin] * share)
    return ofNoise
  }
  filter(noise, gainsOfNoise, both)
  for (let n = 0; n < samples; n++) both[n] += voiced[n]
  return both
}
