/**
 * Alignment before comparison: vocoders and resamplers shift audio by a few samples, which is inaudible but changes
 * every spectral figure. The lag minimises the mel error, by a coarse and then a fine search.
 */

import { frameCount } from '../dsp/spectra/framing.ts'
import { spectrumReader } from '../dsp/spectra/stft.ts'
import { createLogMel, figureBands, figureFraming } from './log-mel.ts'

export type AlignedPair = { readonly reference: Float64Array; readonly output: Float64Array }

const coarse = { reach: 600, step: 60 }
const fine = { reach: 50, step: 10 }
/** Lags with a smaller overlap are not tried, because an error over so few samples means nothing. */
const minOverlap = 1024

const toLogMel = createLogMel()

/** Writes the log-mel, frame-major, to `values` from `firstFrame` on; earlier frames must be there already. */
function fillLogMel(samples: Float64Array, values: Float64Array, firstFrame: number): void {
  const spectrumOf = spectrumReader(samples, figureFraming)
  for (let frame = firstFrame; (frame + 1) * figureBands <= values.length; frame++) {
    toLogMel(spectrumOf(frame), values.subarray(frame * figureBands, (frame + 1) * figureBands))
  }
}

function logMel(samples: Float64Array): Float64Array {
  const values = new Float64Array(frameCount(samples.length, figureFraming) * figureBands)
  fillLogMel(samples, values, 0)
  return values
}

/**
 * The log-mel of the first `samples.length` samples of a signal with log-mel `whole`: only frames at the cut change.
 */
function logMelOfStart(samples: Float64Array, whole: Float64Array): Float64Array {
  const { fftSize, hopSamples } = figureFraming
  const values = new Float64Array(frameCount(samples.length, figureFraming) * figureBands)
  const firstAtCut = Math.max(0, Math.floor((samples.length - fftSize / 2) / hopSamples) + 1)
  values.set(whole.subarray(0, firstAtCut * figureBands))
  fillLogMel(samples, values, firstAtCut)
  return values
}

function shifted(reference: Float64Array, output: Float64Array, lag: number): AlignedPair {
  const from = reference.subarray(Math.max(0, -lag))
  const to = output.subarray(Math.max(0, lag))
  const length = Math.min(from.length, to.length)
  return { reference: from.subarray(0, length), output: to.subarray(0, length) }
}

function lagsAround(centre: number, { reach, step }: typeof coarse): number[] {
  return Array.from({ length: (2 * reach) / step + 1 }, (_, index) => centre - reach + index * step)
}

/**
 * Returns views of both signals (at 22,050 Hz), cut to their overlap at the lag, of up to about 600 samples, that
 * minimises the difference of their mels. `yieldAt` is awaited between lags with the fraction done.
 */
export async function align(
  reference: Float64Array,
  output: Float64Array,
  yieldAt: (fraction: number) => Promise<void>,
): Promise<AlignedPair> {
  const wholeReference = logMel(reference)
  const wholeOutput = logMel(output)

  function melError(lag: number): number {
    const pair = shifted(reference, output, lag)
    if (lag !== 0 && pair.reference.length < minOverlap) return Number.POSITIVE_INFINITY
    const a = lag >= 0 ? logMelOfStart(pair.reference, wholeReference) : logMel(pair.reference)
    const b = lag >= 0 ? logMel(pair.output) : logMelOfStart(pair.output, wholeOutput)
    let sum = 0
    for (let index = 0; index < a.length; index++) sum += Math.abs(a[index] - b[index])
    return sum / a.length
  }

  let best = 0
  for (const [stage, search] of [coarse, fine].entries()) {
    let minError = Number.POSITIVE_INFINITY
    const lags = lagsAround(best, search)
    for (const [index, lag] of lags.entries()) {
      await yieldAt((stage + index / lags.length) / 2)
      const error = melError(lag)
      if (error < minError) {
        minError = error
        best = lag
      }
    }
  }
  return shifted(reference, output, best)
}
