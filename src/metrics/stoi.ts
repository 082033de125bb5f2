/**
 * Short-time objective intelligibility (Taal, Hendriks, Heusdens, Jensen, IEEE TASLP 19(7), 2011): correlation of
 * third-octave envelopes over 384 ms, without silent frames. Section numbers below are the paper's.
 */
import { realFft } from '../dsp/spectra/fft.ts'
import { figureRateHz } from './log-mel.ts'
import { resamplePoly } from './resample-poly.ts'

const rateHz = 10_000
const frameSamples = 256
const hopSamples = frameSamples / 2
const fftSize = 512
const bandCount = 15
const minCentreHz = 150
const segmentFrames = 30
/** Frames this far below the loudest are silence. */
const rangeDb = 40
/** Lower bound of the signal-to-distortion ratio (beta, equation 3), which limits the weight of a single bad unit. */
const clipGain = 1 + 10 ** (15 / 20)
const tiny = 1e-12

/** Hann, without the zeros at its ends. */
const window = Float64Array.from(
  { length: frameSamples },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (n + 1)) / (frameSamples + 1)),
)

/** Bins [from, to) of each third-octave band. */
const bandBins = Array.from({ length: bandCount }, (_, band) => {
  const centreHz = minCentreHz * 2 ** (band / 3)
  const nearestBin = (hz: number) => Math.round((hz * fftSize) / rateHz)
  return { from: nearestBin(centreHz * 2 ** (-1 / 6)), to: nearestBin(centreHz * 2 ** (1 / 6)) }
})

function frameCount(samples: number): number {
  return samples < frameSamples ? 0 : 1 + Math.floor((samples - frameSamples) / hopSamples)
}

function frameLevelDb(samples: Float64Array, frame: number): number {
  let energy = 0
  for (let n = 0; n < frameSamples; n++) energy += (samples[frame * hopSamples + n] * window[n]) ** 2
  return 20 * Math.log10(Math.sqrt(energy) + tiny)
}

/** Indices of the frames of `samples` that are not silent. */
function audibleFrames(samples: Float64Array): number[] {
  const levelsDb = Array.from({ length: frameCount(samples.length) }, (_, frame) =>
    frameLevelDb(samples, frame),
  )
  const loudestDb = levelsDb.reduce((max, level) => Math.max(max, level), Number.NEGATIVE_INFINITY)
  return levelsDb.flatMap((level, frame) => (level > loudestDb - rangeDb ? [frame] : []))
}

/** Overlap-adds the chosen frames, windowed, to one signal. */
function joinFrames(samples: Float64Array, frames: readonly number[]): Float64Array {
  const joined = new Float64Array(Math.max(0, frames.length - 1) * hopSamples + frameSamples)
  for (const [index, frame] of frames.entries()) {
    for (let n = 0; n < frameSamples; n++) {
      joined[index * hopSamples + n] += samples[frame * hopSamples + n] * window[n]
    }
  }
  return joined
}

/** Third-octave amplitudes, one row of frames per band (equation 1). */
function bandEnvelopes(samples: Float64Array): Float64Array[] {
  const frames = frameCount(samples.length)
  const envelopes = bandBins.map(() => new Float64Array(frames))
  const fft = realFft(fftSize)
  const windowed = new Float64Array(fftSize)
  const spectrum = new Float64Array(2 * fft.bins)
  for (let frame = 0; frame < frames; frame++) {
    for (let n = 0; n < frameSamples; n++) windowed[n] = samples[frame * hopSamples + n] * window[n]
    fft.forward(windowed, spectrum)
    for (const [band, { from, to }] of bandBins.entries()) {
      let power = 0
      for (let bin = from; bin < to; bin++) power += spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2
      envelopes[band][frame] = Math.sqrt(power)
    }
  }
  return envelopes
}

const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))

function withoutMean(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

/** Correlation of one band over one segment, after scaling and clipping the output (equations 2 to 5). */
function segmentCorrelation(reference: Float64Array, output: Float64Array): number {
  const gain = norm(reference) / (norm(output) + tiny)
  const clipped = output.map((value, frame) => Math.min(value * gain, reference[frame] * clipGain))
  const a = withoutMean(reference)
  const b = withoutMean(clipped)
  return a.reduce((sum, value, frame) => sum + value * b[frame], 0) / (norm(a) * norm(b) + tiny)
}

/**
 * Intelligibility of `output` against `reference`, aligned and equally long at 22,050 Hz: at most 1. NaN if less than
 * 0.4 s of the reference is not silent, where the measure is undefined.
 */
export function stoi(reference: Float64Array, output: Float64Array): number {
  const x = resamplePoly(reference, rateHz, figureRateHz)
  const y = resamplePoly(output, rateHz, figureRateHz)
  const audible = audibleFrames(x)
  const referenceBands = bandEnvelopes(joinFrames(x, audible))
  const outputBands = bandEnvelopes(joinFrames(y, audible))
  let sum = 0
  let count = 0
  for (const [band, envelope] of referenceBands.entries()) {
    for (let start = 0; start + segmentFrames <= envelope.length; start++) {
      const end = start + segmentFrames
      sum += segmentCorrelation(envelope.subarray(start, end), outputBands[band].subarray(start, end))
      count++
    }
  }
  return sum / count
}
