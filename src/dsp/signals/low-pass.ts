/** A low-pass filter with linear phase, for the anchors of a listening test. */
import { kaiserWindow } from './kaiser.ts'

/** Width of the transition from the passband to 60 dB down, relative to the cutoff: 500 Hz at 3.5 kHz. */
const transition = 1 / 7
const stopbandDb = 60

/**
 * Removes what is above `cutoffHz` from `samples`, keeping length and timing: flat within .1 dB up to the cutoff, 60 dB
 * down from 8/7 of it on. ITU-R BS.1534-3 (5.1) requires 25 dB at 4 kHz and 50 dB at 4.5 kHz of the 3.5-kHz anchor.
 * Kaiser's design (Oppenheim and Schafer, Discrete-Time Signal Processing, 7.6.1). Returns a copy if the transition
 * band ends at or above half the sample rate.
 */
export function lowPass(
  samples: Float32Array<ArrayBuffer>,
  sampleRateHz: number,
  cutoffHz: number,
): Float32Array<ArrayBuffer> {
  const widthHz = cutoffHz * transition
  if (cutoffHz + widthHz >= sampleRateHz / 2) return samples.slice()
  const beta = 0.1102 * (stopbandDb - 8.7)
  const reach = Math.ceil((stopbandDb - 8) / (2.285 * 2 * Math.PI * (widthHz / sampleRateHz)) / 2)
  const middle = (2 * (cutoffHz + widthHz / 2)) / sampleRateHz
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, i) => {
    const at = i - reach
    const angle = Math.PI * at * middle
    return middle * (at === 0 ? 1 : Math.sin(angle) / angle) * kaiserWindow(at / reach, beta)
  })
  const gain = taps.reduce((sum, tap) => sum + tap, 0)
  const filtered = new Float32Array(samples.length)
  for (let t = 0; t < samples.length; t++) {
    let sum = 0
    const first = Math.max(0, t - reach)
    const last = Math.min(samples.length - 1, t + reach)
    for (let from = first; from <= last; from++) sum += samples[from] * taps[t - from + reach]
    filtered[t] = sum / gain
  }
  return filtered
}
