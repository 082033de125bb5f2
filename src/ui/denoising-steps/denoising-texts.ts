/** What the strips show, in words: computed from their figures, not claimed. */
import type { DenoisingFigure, DenoisingStrip } from '../../store/denoising-steps/denoising-state.ts'
import { formatFigure } from '../figures/figure-texts.ts'

export const figureDecimals = 2

/** "Before step 1", which is what goes into the network, or "After step 1". */
export function frameName(step: number): string {
  return step === 0 ? 'Before step 1' : `After step ${step}`
}

export function figureText(value: number): string {
  return `${formatFigure(value, figureDecimals)} dB`
}

export const figureNames: Readonly<Record<DenoisingFigure, string>> = {
  lsd: 'Log-spectral distance to the recording',
  'to-the-end': 'Difference to the last step',
}

/** How much of the way from its input to its last step the first one brings a model, 0..1; undefined where that is no way. */
export function firstStepShare({ frames }: DenoisingStrip): number | undefined {
  const [input, first] = frames
  const last = frames[frames.length - 1]
  const [from, at, to] = [input?.figure, first?.figure, last?.figure]
  if (from === undefined || at === undefined || to === undefined || frames.length < 3) return undefined
  const share = (from - at) / (from - to)
  return from > to && Number.isFinite(share) ? share : undefined
}

/** One sentence per model, and none before it is measured. */
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
    if (last >= input) return [`${name} ends no nearer than it began: ${figures}.`]
    const share = firstStepShare(strip)
    if (share === undefined) return [`${name}: ${figures}.`]
    // A first estimate can be nearer than the last one, or farther than the input.
    if (share > 1) return [`${name} is nearest after the first step: ${figures}.`]
    if (share < 0) return [`${name} is farther away after its first step than before it: ${figures}.`]
    return [`The first step brings ${name} ${Math.round(100 * share)} % of its way: ${figures}.`]
  })
}
