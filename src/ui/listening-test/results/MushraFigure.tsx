/**
 * The result of a MUSHRA test: one box plot per condition, with the reference and anchors set apart from the tested
 * systems.
 */
import type { MushraCondition, MushraOutcome } from '../../../listening/results/mushra.ts'
import { decimal } from '../../../listening/text-format.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import styles from './MushraFigure.module.css'
import { ResultTable } from './ResultTable.tsx'
import { At, type Place, RowChart, Whisker } from './RowChart.tsx'
import { type LabelOf, mushraText, screeningTexts } from './result-texts.ts'

type Props = {
  readonly outcome: MushraOutcome
  readonly labelOf: LabelOf
  readonly colourOf: (conditionId: string) => string
}

const ticks = [0, 20, 40, 60, 80, 100].map((at) => ({ at, text: String(at) }))
/** The quality scale of ITU-R BS.1534. */
const zones = ['Bad', 'Poor', 'Fair', 'Good', 'Excellent'].map((text, index) => ({
  at: 20 * index + 10,
  text,
}))

export function MushraFigure({ outcome, labelOf, colourOf }: Props) {
  const conditions = inOrder(outcome.conditions)
  const shown = conditions.filter(({ summary }) => summary)
  return (
    <div className={styles.result}>
      {shown.length === 0 && <p>No trial was answered.</p>}
      {shown.length > 0 && (
        <figure className="stack-tight">
          <RowChart
            text={shown.map((one) => mushraText(one, labelOf)).join(' ')}
            from={0}
            to={100}
            ticks={ticks}
            zones={zones}
            rows={shown.map((one) => ({
              key: one.conditionId,
              head: (
                <span className={styles.head} data-role={one.role}>
                  <span style={{ color: colourOf(one.conditionId) }}>{labelOf(one.conditionId)}</span>
                  <span className={styles.mean}>{one.summary && decimal(one.summary.mean, 0)}</span>
                </span>
              ),
              heightPixels: 46,
              draw: (place) => <Box condition={one} place={place} colour={colourOf(one.conditionId)} />,
            }))}
          />
          <figcaption className="small soft">
            Box: quartiles and median. Thin line: ratings within 1.5 interquartile ranges of it. Diamond and
            thick line: mean, also in figures, with its 95 % interval (Student’s t). Dots: ratings. Dashed:
            hidden reference and anchors.
          </figcaption>
        </figure>
      )}
      {screeningTexts(outcome).map((text) => (
        <p key={text} className="small">
          {text}
        </p>
      ))}
      <Disclosure label="Ratings as a table">
        <ResultTable
          label="Ratings by condition"
          columns={['Condition', 'Mean', '95 % interval', 'Median', 'Quartiles', 'Whiskers', 'Ratings']}
          rows={conditions.map(({ conditionId, summary, ratings }) => ({
            key: conditionId,
            cells: summary
              ? [
                  labelOf(conditionId),
                  decimal(summary.mean, 1),
                  summary.interval
                    ? `${decimal(summary.interval.low, 1)} to ${decimal(summary.interval.high, 1)}`
                    : '–',
                  decimal(summary.median, 1),
                  `${decimal(summary.lowerQuartile, 1)} to ${decimal(summary.upperQuartile, 1)}`,
                  `${decimal(summary.lowerWhisker, 1)} to ${decimal(summary.upperWhisker, 1)}`,
                  ratings.length,
                ]
              : [labelOf(conditionId), '–', '–', '–', '–', '–', 0],
          }))}
        />
      </Disclosure>
    </div>
  )
}

/** Sorts the reference first and the anchors last; the systems between them are sorted by mean, best first. */
function inOrder(conditions: readonly MushraCondition[]): readonly MushraCondition[] {
  const rank = { reference: 0, system: 1, anchor: 2 }
  return conditions.toSorted(
    (one, other) =>
      rank[one.role] - rank[other.role] || (other.summary?.mean ?? -1) - (one.summary?.mean ?? -1),
  )
}

const boxY = 20
const boxHalf = 8
const meanY = 38

function Box({
  condition: { role, ratings, summary },
  place,
  colour,
}: {
  readonly condition: MushraCondition
  readonly place: Place
  readonly colour: string
}) {
  if (!summary) return null
  const { lowerQuartile, upperQuartile, lowerWhisker, upperWhisker, median, mean, interval } = summary
  return (
    <g style={{ color: colour }} className={styles.box} data-role={role}>
      <line x1={place(lowerWhisker)} x2={place(lowerQuartile)} y1={boxY} y2={boxY} />
      <line x1={place(upperQuartile)} x2={place(upperWhisker)} y1={boxY} y2={boxY} />
      {[lowerWhisker, upperWhisker].map((end, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index distinguishes the lower and the upper end
        <line key={index} x1={place(end)} x2={place(end)} y1={boxY - 4} y2={boxY + 4} />
      ))}
      <rect
        x={place(lowerQuartile)}
        y={boxY - boxHalf}
        width={place(upperQuartile - lowerQuartile)}
        height={2 * boxHalf}
      />
      <line
        x1={place(median)}
        x2={place(median)}
        y1={boxY - boxHalf}
        y2={boxY + boxHalf}
        className={styles.median}
      />
      {ratings.map((rating, index) => (
        // Vertical jitter keeps equal ratings from hiding each other.
        <circle
          // biome-ignore lint/suspicious/noArrayIndexKey: a rating has no other identity
          key={index}
          cx={place(rating)}
          cy={boxY + (((index * 5) % 7) - 3) * 2}
          r="2"
          className={styles.rating}
        />
      ))}
      {interval && (
        <Whisker
          place={place}
          y={meanY}
          low={Math.max(0, interval.low)}
          high={Math.min(100, interval.high)}
          halfHeightPixels={3}
        />
      )}
      <At x={place(mean)} y={meanY}>
        <path d="M0 -5 5 0 0 5 -5 0Z" className={styles.diamond} />
      </At>
    </g>
  )
}
