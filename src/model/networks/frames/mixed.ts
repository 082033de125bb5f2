/**
 * The input of the frame network, mixed like a voice: pulses below 4 kHz where it is voiced, noise elsewhere. Python
 * counterpart: `mixed` of pretrain/networks/frames.py.
 */
import * as tf from '@tensorflow/tfjs'
import type { MelConvention } from '../../../dsp/mel/mel-spectrogram.ts'
import type { PitchTrack } from '../../../dsp/signals/pitch-track.ts'
import { hopFraming } from '../../../dsp/spectra/framing.ts'
import { frameFilterFor } from '../../../dsp/spectra/stft.ts'
import type { Stft } from '../../../kernels/frames/stft.ts'

/** The upper limit of the periodic part of a voice; noise takes its place above. */
const periodicBelowHz = 4000

/** Per bin, the fraction of the power of a voice's excitation that the pulses have. */
function periodicShares({ fftSize, sampleRateHz }: MelConvention): Float64Array {
  const hzPerBin = sampleRateHz / fftSize
  return Float64Array.from(
    { length: fftSize / 2 + 1 },
    (_, bin) => 1 / (1 + ((bin * hzPerBin) / periodicBelowHz) ** 8),
  )
}

/** noise and pulses [frames * hop] -> [frames * hop], in plain numbers; a new array. */
export function mixed(
  noise: Float32Array,
  pulses: Float32Array,
  { voicing }: PitchTrack,
  convention: MelConvention,
): Float32Array<ArrayBuffer> {
  const samples = noise.length
  const filter = frameFilterFor(hopFraming(convention), samples)
  const periodic = periodicShares(convention)
  const bins = periodic.length
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

/** The same in tensors: noise and pulses [1, frames * hop] -> [1, frames * hop]. The caller disposes. */
export function mixedTensors(
  noise: tf.Tensor2D,
  pulses: tf.Tensor2D,
  voicing: Float32Array,
  stft: Stft,
  convention: MelConvention,
): tf.Tensor2D {
  return tf.tidy(() => {
    const periodic = tf.tensor2d(Float32Array.from(periodicShares(convention)), [1, stft.bins])
    const ofPulses = periodic.sqrt()
    const share = tf.tensor2d(voicing, [voicing.length, 1]).square()
    const ofNoise = tf.sub(1, periodic.mul(share)).sqrt()
    const [n, p] = [stft.spectra(noise), stft.spectra(pulses)]
    const both = (ofN: tf.Tensor2D, ofP: tf.Tensor2D) => ofN.mul(ofNoise).add<tf.Tensor2D>(ofP.mul(ofPulses))
    return stft.signal({ re: both(n.re, p.re), im: both(n.im, p.im) }, noise.shape[1])
  })
}
