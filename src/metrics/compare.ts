/**
 * All figures of an output against a recording that the project's scorer computes, except PESQ: both are resampled to
 * 22,050 Hz and aligned, and the output is scaled to the reference's level before anything but the level is measured.
 */

import { ProblemError } from '../base/problem.ts'
import { createYielder, type YieldOptions } from '../base/yielder.ts'
import { resolutions } from '../dsp/spectra/stft-resolutions.ts'
import { align } from './align.ts'
import { figureRateHz } from './log-mel.ts'
import { resamplePoly } from './resample-poly.ts'
import { type FrameFigures, frameFigures, resolutionDistance } from './spectral-figures.ts'
import { stoi } from './stoi.ts'

/** One channel. */
type Signal = { readonly samples: Float32Array; readonly sampleRateHz: number }

export type Figures = FrameFigures & {
  /** Multi-resolution STFT distance, 0 where equal. */
  readonly mrstft: number
  /** Intelligibility, at most 1; NaN for less than 0.4 s of speech. */
  readonly stoi: number
  /** Level relative to the reference. */
  readonly levelDb: number
}

/** Fraction of the time spent on alignment. */
const alignFraction = 0.6

function energyOf(samples: Float64Array, name: string): number {
  const energy = samples.reduce((sum, value) => sum + value * value, 0)
  if (energy > 0) return energy
  throw new ProblemError({
    code: 'compare-silence',
    message: `The ${name} is silent or empty, so the two cannot be compared.`,
    accepted: 'two signals that overlap where neither is silent',
    remedy: 'Choose another recording, or compare by ear.',
  })
}

/**
 * Computes the figures of `output` against `reference`, each at its own integer sample rate. Rejects with a ProblemError
 * if one of them is silent, and with an AbortError when cancelled.
 */
export async function compare(
  reference: Signal,
  output: Signal,
  options: YieldOptions = {},
): Promise<Figures> {
  const yieldAt = createYielder(options)
  const [a, b] = [reference, output].map(({ samples, sampleRateHz }) =>
    resamplePoly(samples, figureRateHz, sampleRateHz),
  )
  energyOf(a, 'recording')
  energyOf(b, 'output')
  const pair = await align(a, b, (fraction) => yieldAt(alignFraction * fraction))

  const powerRatio = energyOf(pair.output, 'output') / energyOf(pair.reference, 'recording')
  const gain = Math.sqrt(1 / powerRatio)
  const matched = pair.output.map((value) => value * gain)
  await yieldAt(alignFraction)
  const figures = frameFigures(pair.reference, matched)
  let mrstft = 0
  for (const [index, resolution] of resolutions.entries()) {
    await yieldAt(0.7 + 0.08 * index)
    mrstft += resolutionDistance(pair.reference, matched, resolution) / resolutions.length
  }
  await yieldAt(0.94)
  const intelligibility = stoi(pair.reference, matched)
  await yieldAt(1)
  return { ...figures, mrstft, stoi: intelligibility, levelDb: 10 * Math.log10(powerRatio) }
}
