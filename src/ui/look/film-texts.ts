/** What a film shows, in words: computed from its figures, not claimed. */
import type { Film, FilmStrip } from '../../store/look/film-state.ts'
import { formatFigure } from '../figure-texts.ts'

/** "Noise", "After step 1". */
export function frameName(step: number): string {
  return step === 0 ? 'Noise' : `After step ${step}`
}

export function figureText(figure: Film['figure'], value: number): string {
  return figure === 'mrstft' ? formatFigure(value, 3) : `${formatFigure(value, 1)} dB`
}

export const figureNames: Readonly<Record<Film['figure'], string>> = {
  mrstft: 'MR-STFT to the recording',
  'to-the-end': 'Difference to the last step',
}

/** How much of the way from noise to its last step the first one brings a model, 0..1; undefined where that is no way. */
export function firstStepShare({ frames }: FilmStrip): number | undefined {
  const [noise, first] = frames
  const last = frames[frames.length - 1]
  const [from, at, to] = [noise?.figure, first?.figure, last?.figure]
  if (from === undefined || at === undefined || to === undefined || frames.length < 3) return undefined
  const share = (from - at) / (from - to)
  return from > to && Number.isFinite(share) ? share : undefined
}

/** One sentence per model, and none before it is measured. */
export function filmSentences({ figure, strips }: Film): readonly string[] {
  return strips.flatMap((strip) => {
    const share = firstStepShare(strip)
    const { frames, name, steps } = strip
    if (share === undefined) return []
    const percent = Math.round(100 * share)
    const value = (index: number) => figureText(figure, frames[index].figure ?? Number.NaN)
    const figures = `${value(0)} as noise, ${value(1)} after step 1, ${value(frames.length - 1)} after step ${steps}`
    // A first estimate can be nearer than the last one, or farther than noise.
    if (percent > 100) return [`${name} is nearest after the first step: ${figures}.`]
    if (percent < 0) return [`${name} is farther away after its first step than noise: ${figures}.`]
    return [`The first step brings ${name} ${percent} % of its way: ${figures}.`]
  })
}
