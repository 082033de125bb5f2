/**
 * The envelope that the energy prior derives from the mel (after PriorGrad, arXiv 2106.06406): the root of each frame's
 * power, estimated from its bands, widened to the maximum of three frames and interpolated to samples. The process of
 * the energy prior runs on the waveform divided by it.
 */
import { melFilterbank } from '../../dsp/mel/mel-filterbank.ts'
import type { MelConvention, MelSpectrogram } from '../../dsp/mel/mel-spectrogram.ts'

/** mel in `convention` -> envelope [frames * hop], at least `floor`. */
export function energyEnvelope(
  mel: MelSpectrogram,
  convention: MelConvention,
  floor: number,
): Float32Array<ArrayBuffer> {
  const logRms = widened(rmsPerFrame(mel, convention, floor)).map(Math.log)
  const hop = convention.hopSamples
  const envelope = new Float32Array(mel.frames * hop)
  for (let sample = 0; sample < envelope.length; sample++) {
    // Frame k is centred at sample (k + 1/2) * hop - 1/2.
    const position = Math.min(Math.max((sample + 0.5) / hop - 0.5, 0), mel.frames - 1)
    const left = Math.floor(position)
    const right = Math.min(left + 1, mel.frames - 1)
    envelope[sample] = Math.exp(logRms[left] + (position - left) * (logRms[right] - logRms[left]))
  }
  return envelope
}

/**
 * A band's mean magnitude is its value over the sum of its weights. Its share of the spectrum's power is that magnitude
 * squared times its number of bins. By Parseval's theorem the root of the sum is the RMS of the windowed signal.
 */
function rmsPerFrame(mel: MelSpectrogram, convention: MelConvention, floor: number): Float64Array {
  const filterbank = melFilterbank(convention)
  const perBin = new Float64Array(convention.fftSize / 2 + 1)
  for (const { firstBin, weights } of filterbank)
    for (const [index, weight] of weights.entries()) perBin[firstBin + index] += weight
  const parseval = 2 / (convention.fftSize * hannPower(convention.windowSamples))
  const bandWeights = filterbank.map(({ firstBin, weights }) => {
    let [area, share] = [0, 0]
    for (const [index, weight] of weights.entries()) {
      area += weight
      share += weight / perBin[firstBin + index]
    }
    return area > 0 ? (parseval * share) / area ** 2 : 0
  })
  const base = convention.log === 'ln' ? Math.E : 10
  return Float64Array.from({ length: mel.frames }, (_, frame) => {
    const power = bandWeights.reduce(
      (sum, weight, band) => sum + weight * base ** (2 * mel.values[frame * mel.bands + band]),
      0,
    )
    return Math.max(Math.sqrt(power), floor)
  })
}

/** Sum of the squares of a periodic Hann window: 3/8 of its length, exactly. */
function hannPower(windowSamples: number): number {
  return (3 / 8) * windowSamples
}

/** The maximum over each frame and its two neighbours. */
function widened(rms: Float64Array): Float64Array {
  return rms.map((own, frame) => Math.max(own, rms[frame - 1] ?? 0, rms[frame + 1] ?? 0))
}
