/**
 * The result of a preference test: for each pair, all answers as one bar, and a significance test that leaves out ties.
 */
import type { PreferenceOutcome, PreferencePair } from '../../../listening/results/preference.ts'
import { percent, pText } from '../../../listening/text-format.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import { pairColours } from './condition-colours.ts'
import styles from './PairFigures.module.css'
import { ResultTable } from './ResultTable.tsx'
import { type Place, RowChart, Whisker } from './RowChart.tsx'
import { type LabelOf, orderText, preferenceText } from './result-texts.ts'

type Props = {
  readonly outcome: PreferenceOutcome
  readonly labelOf: LabelOf
  readonly colourOf: (conditionId: string) => string
}

const ticks = [0, 25, 50, 75, 100].map((at) => ({ at, text: `${at} %`, strong: at === 50 }))
const barPixels = 26

export function PreferenceFigure({ outcome, labelOf, colourOf }: Props) {
  return (
    <div className={styles.result}>
      {outcome.pairs.map((pair) => (
        <Pair key={`${pair.first} ${pair.second}`} pair={pair} labelOf={labelOf} colourOf={colourOf} />
      ))}
      <p className="small soft">
        Bars: all answers, grey where neither was preferred. Dot: where the two colours meet when ties are set
        aside, with its 95 % interval (Clopper-Pearson). {orderText(outcome)}
      </p>
      <Disclosure label="Preferences as a table">
        <ResultTable
          label="Preferences by pair"
          columns={[
            'Pair',
            'First preferred',
            'Neither',
            'Second preferred',
            'Share of the second',
            '95 % interval',
            'p',
          ]}
          rows={outcome.pairs.map((pair) => ({
            key: `${pair.first} ${pair.second}`,
            cells: [
              `${labelOf(pair.first)} or ${labelOf(pair.second)}`,
              pair.firstWins,
              pair.ties,
              pair.secondWins,
              pair.share === null ? '–' : percent(pair.share),
              pair.share === null ? '–' : `${percent(pair.interval.low)} to ${percent(pair.interval.high)}`,
              pText(pair.p),
            ],
          }))}
        />
      </Disclosure>
    </div>
  )
}

function Pair({
  pair,
  labelOf,
  colourOf,
}: {
  readonly pair: PreferencePair
  readonly labelOf: LabelOf
  readonly colourOf: (conditionId: string) => string
}) {
  const { firstWins, secondWins, ties, share, interval } = pair
  const all = firstWins + secondWins + ties
  const [firstColour, secondColour] = pairColours(colourOf(pair.first), colourOf(pair.second))
  const text = preferenceText(pair, labelOf)
  const parts = [
    { key: 'first', count: firstWins, colour: firstColour, ink: 'var(--paper)' },
    { key: 'ties', count: ties, colour: 'var(--line)', ink: 'var(--ink)' },
    {
      key: 'second',
      count: secondWins,
      colour: secondColour,
      ink: firstColour === colourOf(pair.second) ? 'var(--ink)' : 'var(--paper)',
    },
  ]
  return (
    <figure className="stack-tight">
      <div className={styles.names}>
        <Name colour={firstColour}>{labelOf(pair.first)}</Name>
        <Name colour={secondColour}>{labelOf(pair.second)}</Name>
      </div>
      {all > 0 && (
        <RowChart
          text={text}
          from={0}
          to={100}
          ticks={ticks}
          rows={[
            {
              key: 'bar',
              head: null,
              heightPixels: barPixels + 8,
              draw: (place) => <StackedBar place={place} parts={parts} all={all} />,
            },
            {
              key: 'share',
              head: null,
              heightPixels: 30,
              draw: (place, middle) =>
                share === null ? null : (
                  <>
                    <Whisker
                      place={place}
                      y={middle}
                      low={100 - 100 * interval.high}
                      high={100 - 100 * interval.low}
                    />
                    <circle cx={place(100 - 100 * share)} cy={middle} r="6" fill="currentcolor" />
                  </>
                ),
            },
          ]}
        />
      )}
      <figcaption>{text}</figcaption>
    </figure>
  )
}

type Part = {
  readonly key: string
  readonly count: number
  readonly colour: string
  readonly ink: string
}

function StackedBar({
  place,
  parts,
  all,
}: {
  readonly place: Place
  readonly parts: readonly Part[]
  readonly all: number
}) {
  let before = 0
  return parts.map(({ key, count, colour, ink }) => {
    if (count === 0) return null
    const from = (100 * before) / all
    const width = (100 * count) / all
    before += count
    return (
      <g key={key}>
        <rect x={place(from)} y="4" width={place(width)} height={barPixels} fill={colour} />
        <text x={place(from + width / 2)} y={4 + barPixels / 2} fill={ink} className={styles.count}>
          {count}
        </text>
      </g>
    )
  })
}

export function Name({ colour, children }: { readonly colour: string; readonly children: string }) {
  return (
    <span className={styles.name}>
      <span className={styles.swatch} style={{ background: colour }} />
      {children}
    </span>
  )
}
