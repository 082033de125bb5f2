/** Describes the strips in sentences that are computed from their figures. */
import type { DenoisingFigure, DenoisingStrip } from '../../store/denoising-steps/denoising-state.ts'
import { formatFigure } from '../figures/figure-texts.ts'

export const figureDecimals = 2

/** Returns "Before step 1" for the input of the network, or "After step 1". */
export function frameName(step: number): string {
  return step === 0 ? 'Before step 1' : `After step ${step}`
}

export function figureText(value: number): string {
  return `${formatFigure(value, figureDecimals)} dB`
}

export const figureNames: Readonly<Record<DenoisingFigure, string>> = {
  lsd: 'Log-spectral distance to the recording',
  'to-the-end': 'Difference from the last step',
}

/**
 * Returns the share of the total improvement, from the input to the last step, that the first step achieves. The share
 * lies in 0..1 unless the first estimate is better than the last one or worse than the input. Returns undefined if the
 * last step is not better than the input.
 */
export function firstStepShare({ frames }: DenoisingStrip): number | undefined {
  const [input, first] = frames
  const last = frames[frames.length - 1]
  const [from, at, to] = [input?.figure, first?.figure, last?.figure]
  if (from === undefined || at === undefined || to === undefined || frames.length < 3) return undefined
  const share = (from - at) / (from - to)
  return from > to && Number.isFinite(share) ? share : undefined
}

/** Returns one sentence per model that has been measured. */
export function denoisingSentences(strips: readonly DenoisingStrip[]): readonly string[] {
  return strips.flatMap((strip) => {
    const { frames, name, steps } = strip
    const all = frames.map(({ figure }) => figure ?? Number.NaN)
    const [input, first] = all
    const last = all[all.length - 1]
    if (frames.length < 2 || ![input, first, last].every(Number.isFinite)) return []
    const ends = `${figureText(last)} after step ${steps}`
    const figures =
      steps === 1
        ? `${figureText(input)} before step 1, ${ends}`
        : `${figureText(input)} before step 1, ${figureText(first)} after it, ${ends}`
    if (last >= input) return [`${name} ends no closer than it began: ${figures}.`]
    const share = firstStepShare(strip)
    if (share === undefined) return [`${name}: ${figures}.`]
    // The first estimate can be closer than the last one, or farther away than the input.
    if (share > 1) return [`${name} is closest after step 1: ${figures}.`]
    if (share < 0) return [`${name} is farther away after step 1 than before it: ${figures}.`]
    return [`After step 1, ${name} is ${Math.round(100 * share)} % of the way there: ${figures}.`]
  })
}
