/** The result of a CMOS test: for each pair, how often each grade was given, and the mean with its interval. */
import { type CmosOutcome, type CmosPair, comparisonGrades } from '../../../listening/results/cmos.ts'
import { decimal, pText } from '../../../listening/text-format.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import { pairColours } from './condition-colours.ts'
import styles from './PairFigures.module.css'
import { Name } from './PreferenceFigure.tsx'
import { ResultTable } from './ResultTable.tsx'
import { At, type Place, RowChart, Whisker } from './RowChart.tsx'
import { cmosText, type LabelOf } from './result-texts.ts'

type Props = {
  readonly outcome: CmosOutcome
  readonly labelOf: LabelOf
  readonly colourOf: (conditionId: string) => string
}

const signed = (value: number, decimals: number) => `${value > 0 ? '+' : ''}${decimal(value, decimals)}`
const ticks = comparisonGrades.map((at) => ({ at, text: signed(at, 0), strong: at === 0 }))
const barsPixels = 52
const rowPixels = barsPixels + 26

export function CmosFigure({ outcome, labelOf, colourOf }: Props) {
  return (
    <div className={styles.result}>
      {outcome.pairs.map((pair) => {
        const text = cmosText(pair, labelOf)
        const [first, second] = pairColours(colourOf(pair.first), colourOf(pair.second))
        return (
          <figure key={`${pair.first} ${pair.second}`} className="stack-tight">
            <div className={styles.names}>
              <Name colour={first}>{labelOf(pair.first)}</Name>
              <Name colour={second}>{labelOf(pair.second)}</Name>
            </div>
            {pair.mean !== null && (
              <RowChart
                text={text}
                from={-3.4}
                to={3.4}
                ticks={ticks}
                ends={['left much better', 'right much better']}
                rows={[
                  {
                    key: 'grades',
                    head: null,
                    heightPixels: rowPixels,
                    draw: (place) => <Grades pair={pair} place={place} colours={[first, second]} />,
                  },
                ]}
              />
            )}
            <figcaption>{text}</figcaption>
          </figure>
        )
      })}
      <p className="small soft">
        Bars: how often each grade was given. Diamond and line: the mean with its 95 % interval (Student’s t);
        p by all ways to flip signs, two-sided.
      </p>
      <Disclosure label="Comparisons as a table">
        <ResultTable
          label="Comparisons by pair"
          columns={[
            'Second against first',
            'Mean',
            '95 % interval',
            'p',
            ...comparisonGrades.map((grade) => signed(grade, 0)),
          ]}
          rows={outcome.pairs.map((pair) => ({
            key: `${pair.first} ${pair.second}`,
            cells: [
              `${labelOf(pair.second)} against ${labelOf(pair.first)}`,
              pair.mean === null ? '–' : signed(pair.mean, 2),
              pair.interval ? `${signed(pair.interval.low, 2)} to ${signed(pair.interval.high, 2)}` : '–',
              pText(pair.p),
              ...pair.counts,
            ],
          }))}
        />
      </Disclosure>
    </div>
  )
}

function Grades({
  pair: { counts, mean, interval },
  place,
  colours,
}: {
  readonly pair: CmosPair
  readonly place: Place
  readonly colours: readonly [first: string, second: string]
}) {
  const maxCount = Math.max(...counts, 1)
  const y = barsPixels + 13
  return (
    <>
      {comparisonGrades.map((grade, index) => {
        const height = (counts[index] / maxCount) * (barsPixels - 18)
        const colour = grade === 0 ? 'var(--line-strong)' : colours[grade < 0 ? 0 : 1]
        return counts[index] === 0 ? null : (
          <g key={grade} fill={colour}>
            <rect
              x={place(grade - 0.32)}
              y={barsPixels - height}
              width={place(-3.4 + 0.64)}
              height={height}
              opacity="0.75"
            />
            <text
              x={place(grade)}
              y={barsPixels - height - 8}
              className={styles.count}
              fill="var(--ink-soft)"
            >
              {counts[index]}
            </text>
          </g>
        )
      })}
      {interval && (
        <Whisker place={place} y={y} low={Math.max(-3.4, interval.low)} high={Math.min(3.4, interval.high)} />
      )}
      {mean !== null && (
        <At x={place(mean)} y={y}>
          <path d="M0 -7 7 0 0 7 -7 0Z" fill="currentcolor" />
        </At>
      )}
    </>
  )
}
