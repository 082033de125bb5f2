/**
 * The result of an ABX test: the share of correct answers against guessing, and every trial with the correct answer.
 */

import { powerText } from '../../../listening/plans/plan-texts.ts'
import type { AbxOutcome, ScoredTrial } from '../../../listening/results/abx.ts'
import { decimal, percent, pText } from '../../../listening/text-format.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import styles from './AbxFigure.module.css'
import { ResultTable } from './ResultTable.tsx'
import { At, RowChart, Whisker } from './RowChart.tsx'
import { abxMeaning, abxText, type LabelOf, sides } from './result-texts.ts'

type Props = {
  readonly outcome: AbxOutcome
  readonly labelOf: LabelOf
  /** One title per clip. */
  readonly clipTitles: readonly string[]
}

const ticks = [0, 25, 50, 75, 100].map((at) => ({ at, text: `${at} %`, strong: at === 50 }))

export function AbxFigure({ outcome, labelOf, clipTitles }: Props) {
  const { answered, correct, p, share, interval, power, scoredTrials, listeners } = outcome
  return (
    <div className={styles.result}>
      {answered === 0 ? (
        <p>No trial was answered.</p>
      ) : (
        <>
          <p className={styles.score}>
            <strong>
              {correct} of {answered}
            </strong>{' '}
            right: someone guessing would do this well {percent(p)} of the time.
          </p>
          <p>{abxMeaning(outcome)}</p>
        </>
      )}
      {share !== null && (
        <figure className="stack-tight">
          <RowChart
            text={abxText(outcome)}
            from={0}
            to={100}
            ticks={ticks}
            zones={[{ at: 50, text: 'guessing' }]}
            rows={[
              {
                key: 'share',
                head: null,
                heightPixels: 44,
                draw: (place, middle) => (
                  <>
                    {power?.criticalScore && (
                      <Needed x={place((100 * power.criticalScore) / answered)} y={44} />
                    )}
                    <Whisker place={place} y={middle} low={100 * interval.low} high={100 * interval.high} />
                    <circle cx={place(100 * share)} cy={middle} r="6" fill="currentcolor" />
                  </>
                ),
              },
            ]}
          />
          <figcaption className="small soft">
            {percent(share)} right, 95 % interval {percent(interval.low)} to {percent(interval.high)}{' '}
            (Clopper-Pearson); exact binomial {pText(p)}, one-sided.
            {power?.criticalScore &&
              ' The triangle marks the lowest score that at most 5 % of guessers reach.'}
          </figcaption>
        </figure>
      )}
      {power && <p className="small soft">{powerText(power)}</p>}
      {Array.from({ length: listeners }, (_, listener) => listener).map((listener) => (
        <Sequence
          key={listener}
          name={listeners > 1 ? `Listener ${listener + 1}` : 'Trials'}
          scoredTrials={scoredTrials.filter((scored) => scored.listener === listener)}
          labelOf={labelOf}
        />
      ))}
      {scoredTrials.length > 0 && (
        <p className="small soft">
          The letters say what X was. Filled trials were answered correctly, outlined ones were not.
        </p>
      )}
      <Disclosure label="Trials as a table">
        <ResultTable
          label="Trials of the ABX test"
          columns={[
            'Trial',
            ...(listeners > 1 ? ['Listener'] : []),
            'Clip',
            'A',
            'B',
            'X was',
            'Answer',
            'Result',
            'Seconds',
          ]}
          rows={scoredTrials.map((scored) => ({
            key: `${scored.listener} ${scored.trial}`,
            cells: [
              scored.trial + 1,
              ...(listeners > 1 ? [scored.listener + 1] : []),
              clipTitles[scored.clip],
              labelOf(scored.conditionIds[0]),
              labelOf(scored.conditionIds[1]),
              sides[scored.x],
              sides[scored.choice],
              scored.correct ? 'right' : 'wrong',
              decimal(scored.seconds, 1),
            ],
          }))}
        />
      </Disclosure>
    </div>
  )
}

/** A triangle on the axis. */
function Needed({ x, y }: { readonly x: string; readonly y: number }) {
  return (
    <At x={x} y={y}>
      <path d="M0 -1 5 -9 -5 -9Z" className={styles.needed} />
    </At>
  )
}

function Sequence({
  name,
  scoredTrials,
  labelOf,
}: {
  readonly name: string
  readonly scoredTrials: readonly ScoredTrial[]
  readonly labelOf: LabelOf
}) {
  if (scoredTrials.length === 0) return null
  const words = scoredTrials.map(
    ({ trial, x, correct }) => `trial ${trial + 1}: X was ${sides[x]}, ${correct ? 'right' : 'wrong'}`,
  )
  return (
    <div className={styles.sequence}>
      <p className="label">{name}</p>
      <div role="img" aria-label={`${name} in their order. ${words.join('; ')}.`} className={styles.marks}>
        {scoredTrials.map(({ trial, x, choice, correct, conditionIds }) => (
          <span
            key={trial}
            className={styles.mark}
            data-right={correct}
            title={`Trial ${trial + 1}: X was ${sides[x]} (${labelOf(conditionIds[x])}), answered ${sides[choice]}`}
          >
            {sides[x]}
          </span>
        ))}
      </div>
    </div>
  )
}
