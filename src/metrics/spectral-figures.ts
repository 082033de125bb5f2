/** Figures of two aligned signals of equal level and length at 22,050 Hz. Lower is better, and 0 means equal. */

import { centredFraming, type Framing, frameCount } from '../dsp/spectra/framing.ts'
import { spectrumReader } from '../dsp/spectra/stft.ts'
import type { resolutions } from '../dsp/spectra/stft-resolutions.ts'
import { createLogMel, figureBands, figureFraming, figureRateHz } from './log-mel.ts'

export type FrameFigures = {
  /** Mean |difference of ln mel|, nats. */
  readonly melMae: number
  /** Log-spectral distance: mean over frames of the RMS over bins of the difference in dB. */
  readonly lsdDb: number
  /** Mel-cepstral distortion of coefficients 1 to 13, without time warping. */
  readonly mcd13Db: number
  /** Level of 8 to 11 kHz relative to the reference: the mel does not cover this band. */
  readonly hfDb: number
}

const cepstralCoefficients = 13
/** Lower powers are clamped to this, so that silence does not weigh as much as speech. */
const minPower = 1e-10
const minResolutionPower = 1e-8
const firstHighBin = Math.floor((8000 / figureRateHz) * figureFraming.fftSize)

/** [coefficient * bands + band]: the cosine transform of log-mels, without coefficient 0, which is the level. */
const cosines = Float64Array.from({ length: cepstralCoefficients * figureBands }, (_, index) => {
  const coefficient = 1 + Math.floor(index / figureBands)
  const band = index % figureBands
  return (2 / figureBands) * Math.cos((Math.PI * coefficient * (band + 0.5)) / figureBands)
})

const toLogMel = createLogMel()

/** Euclidean norm of the cepstrum of a difference of log-mels. */
function cepstralDistance(difference: Float64Array): number {
  let energy = 0
  for (let row = 0; row < cosines.length; row += figureBands) {
    let coefficient = 0
    for (let band = 0; band < figureBands; band++) coefficient += cosines[row + band] * difference[band]
    energy += coefficient * coefficient
  }
  return Math.sqrt(energy)
}

/** Calls `visit` with both spectra of every frame; returns the number of frames. */
function forEachFrame(
  reference: Float64Array,
  output: Float64Array,
  framing: Framing,
  visit: (reference: Float64Array, output: Float64Array) => void,
): number {
  const referenceSpectrum = spectrumReader(reference, framing)
  const outputSpectrum = spectrumReader(output, framing)
  const frames = frameCount(reference.length, framing)
  for (let frame = 0; frame < frames; frame++) visit(referenceSpectrum(frame), outputSpectrum(frame))
  return frames
}

function powerOf(spectrum: Float64Array, bin: number): number {
  return spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2
}

/** The figures on frames of 46 ms, every 12 ms. */
export function frameFigures(reference: Float64Array, output: Float64Array): FrameFigures {
  const bins = figureFraming.fftSize / 2 + 1
  const referenceMel = new Float64Array(figureBands)
  const difference = new Float64Array(figureBands)
  let melSum = 0
  let lsdSum = 0
  let cepstralSum = 0
  let referenceHigh = 0
  let outputHigh = 0
  const frames = forEachFrame(reference, output, figureFraming, (a, b) => {
    let squares = 0
    for (let bin = 0; bin < bins; bin++) {
      const referencePower = powerOf(a, bin)
      const outputPower = powerOf(b, bin)
      const ratio = Math.max(referencePower, minPower) / Math.max(outputPower, minPower)
      squares += (10 * Math.log10(ratio)) ** 2
      if (bin >= firstHighBin) {
        referenceHigh += referencePower
        outputHigh += outputPower
      }
    }
    lsdSum += Math.sqrt(squares / bins)
    toLogMel(a, referenceMel)
    toLogMel(b, difference)
    for (let band = 0; band < figureBands; band++) {
      difference[band] = referenceMel[band] - difference[band]
      melSum += Math.abs(difference[band])
    }
    cepstralSum += cepstralDistance(difference)
  })
  return {
    melMae: melSum / (frames * figureBands),
    lsdDb: lsdSum / frames,
    mcd13Db: ((10 * Math.SQRT2) / Math.LN10) * (cepstralSum / frames),
    hfDb: 10 * Math.log10(outputHigh / referenceHigh),
  }
}

/** Spectral convergence plus mean |difference of ln magnitude| at one resolution. */
export function resolutionDistance(
  reference: Float64Array,
  output: Float64Array,
  resolution: (typeof resolutions)[number],
): number {
  const framing = centredFraming(resolution)
  const bins = framing.fftSize / 2 + 1
  let wrong = 0
  let energy = 0
  let logSum = 0
  const frames = forEachFrame(reference, output, framing, (a, b) => {
    for (let bin = 0; bin < bins; bin++) {
      const referencePower = Math.max(powerOf(a, bin), minResolutionPower)
      const outputPower = Math.max(powerOf(b, bin), minResolutionPower)
      wrong += (Math.sqrt(referencePower) - Math.sqrt(outputPower)) ** 2
      energy += referencePower
      logSum += Math.abs(Math.log(referencePower / outputPower)) / 2
    }
  })
  return Math.sqrt(wrong / energy) + logSum / (frames * bins)
}
