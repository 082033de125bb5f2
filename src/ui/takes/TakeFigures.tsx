/** Shows how close a take is to the recording, or, without a recording, how close its mel is to the input mel. */
import type { ReactNode } from 'react'
import type { Take } from '../../store/takes/take.ts'
import { FigureName } from '../figures/FigureName.tsx'
import { badness, betterText, type FigureText, figureTexts, formatFigure } from '../figures/figure-texts.ts'
import { Term } from '../glossary/Term.tsx'
import { usePage } from '../shell/page-context.ts'
import styles from './TakeFigures.module.css'

export function TakeFigures({ take }: { readonly take: Take }) {
  const { takes, levelsMatched } = usePage((state) => ({
    takes: state.takes.all,
    levelsMatched: state.playback.levelsMatched,
  }))
  const { quality, noQuality, system, loudnessLufs, gainDb = 0 } = take
  const figures = quality?.against === 'recording' ? quality.figures : undefined
  return (
    <dl className={styles.figures}>
      {figures &&
        figureTexts.map((text) => (
          <Figure
            key={text.name}
            label={<FigureName text={text} />}
            value={formatFigure(figures[text.name], text.decimals)}
            unit={text.unit}
            best={isBest(text, figures[text.name], takes)}
          />
        ))}
      {quality?.against === 'mel' && quality.lsdDb !== undefined && (
        <Figure
          label={<Term name="lsd">LSD</Term>}
          value={formatFigure(quality.lsdDb, 2)}
          unit="dB"
          below="from the recording"
          wide
        />
      )}
      {quality?.against === 'mel' && (
        <Figure label="Mel error" value={formatFigure(quality.melErrorNats, 3)} below="from input mel" wide />
      )}
      {!quality && !noQuality && system !== 'recording' && (
        <Figure label="Figures" value="…" below="measuring" wide />
      )}
      {loudnessLufs !== undefined && (
        <Figure
          label="Loudness"
          value={formatFigure(loudnessLufs, 1)}
          unit="LUFS"
          below={levelsMatched ? `gain ${gainText(gainDb)} dB` : 'gain off'}
          wide={!figures}
        />
      )}
    </dl>
  )
}

/** Formats a gain, without a minus sign if it rounds to zero. */
const gainText = (gainDb: number) => formatFigure(gainDb > -0.05 ? 0 : gainDb, 1)

type FigureProps = {
  readonly label: ReactNode
  readonly value: string
  readonly unit?: string
  readonly best?: boolean
  /** Text on a line of its own. */
  readonly below?: string
  readonly wide?: boolean
}

function Figure(props: FigureProps) {
  const { label, value, unit, best = false, below, wide = false } = props
  return (
    <div data-best={best} data-wide={wide}>
      <dt>{label}</dt>
      <dd>
        {value}
        {unit && <span className={styles.unit}> {unit}</span>}
        {best && <span className="visually-hidden"> (best)</span>}
      </dd>
      {below && <dd className={styles.below}>{below}</dd>}
    </div>
  )
}

/** Returns whether no other take has a better value. A single take has nothing to be compared with. */
function isBest(figure: FigureText, value: number, takes: readonly Take[]): boolean {
  const values = takes.flatMap(({ quality }) =>
    quality?.against === 'recording' ? [badness(figure, quality.figures[figure.name])] : [],
  )
  return values.length > 1 && badness(figure, value) <= Math.min(...values)
}

export function FigureExplanations() {
  return (
    <dl className={styles.explanations}>
      {figureTexts.map((text) => (
        <div key={text.name}>
          <dt>{text.label}</dt>
          <dd>
            {text.explanation} <span className="soft">{betterText(text)}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>RTF</dt>
        <dd>
          Real-time factor: seconds of work per second of audio.{' '}
          <span className="soft">Below 1 is faster than speech.</span>
        </dd>
      </div>
    </dl>
  )
}
