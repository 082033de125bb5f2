/**
 * Shows the differences between two takes, or between a take and the recording or the input mel: the choice of the two,
 * and the result.
 */
import { useEffect, useId } from 'react'
import { differencePair, subjectName, subjectOf } from '../../../store/takes/difference-pair.ts'
import { type DifferencePair, melSubject, type Subject } from '../../../store/takes/differences-state.ts'
import type { Take } from '../../../store/takes/take.ts'
import { LazyBoundary } from '../../shell/LazyBoundary.tsx'
import { lazyPart } from '../../shell/lazy-part.ts'
import { useActions, usePage, usePageParts } from '../../shell/page-context.ts'
import styles from './Differences.module.css'
import { differenceNotes, totalSentence } from './difference-texts.ts'

/** The plots are fetched with the first difference. */
const DifferenceFigures = lazyPart(() => import('./DifferenceFigures.tsx'))

export default function DifferencesBody() {
  const { signals } = usePageParts()
  const { takes, chosenPair, difference, isMaking } = usePage((state) => ({
    takes: state.takes.all,
    chosenPair: state.differences.chosen,
    difference: state.differences.shown,
    isMaking: state.synthesis.runs !== undefined,
  }))
  const { choose, refresh } = useActions().differences
  const pair = differencePair(takes, chosenPair)
  const ids = takes.map(({ id }) => id).join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: it depends on the takes' ids and the choice
  useEffect(() => {
    // While takes are being made, the vocoder has the processor to itself.
    if (!isMaking) void refresh()
  }, [ids, chosenPair, isMaking])

  const found = difference && signals.difference(difference.signalId)
  if (!pair) {
    return (
      <p className="small soft">
        There is nothing to compare yet. Press Synthesize, or open a recording. Orange will mark what a take
        adds, and blue what it lacks.
      </p>
    )
  }
  const isOfThese = found && takes.some(({ id }) => id === difference.takeIds[0])
  return (
    <div className={styles.body}>
      <PairChoice takes={takes} pair={pair} choose={choose} />
      {isOfThese ? (
        <>
          <div>
            <div role="status">
              <h3 className={styles.total}>{totalSentence(takes, difference)}</h3>
            </div>
            {differenceNotes(takes, difference).map((note) => (
              <p key={note} className="small soft">
                {note}
              </p>
            ))}
          </div>
          <LazyBoundary meanwhile={<p className="small soft">Drawing…</p>}>
            <DifferenceFigures shown={difference} difference={found} />
          </LazyBoundary>
        </>
      ) : (
        <p className="small soft" role="status">
          {isMaking ? 'The difference appears when all takes are ready.' : 'Comparing…'}
        </p>
      )}
    </div>
  )
}

type PairProps = {
  readonly takes: readonly Take[]
  readonly pair: DifferencePair
  readonly choose: (change: Partial<DifferencePair>) => void
}

function PairChoice({ takes, pair, choose }: PairProps) {
  const id = useId()
  const subjects = takes.map(subjectOf)
  const option = (subject: Subject) => (
    <option key={subject} value={subject}>
      {subject === melSubject ? 'Input mel' : subjectName(takes, subject)}
    </option>
  )
  return (
    <div className={styles.pair}>
      <div className="field">
        <label className="label" htmlFor={`${id}-of`}>
          Difference of
        </label>
        <select
          id={`${id}-of`}
          className="input"
          value={pair.of}
          // Choosing the other one of the two swaps them.
          onChange={({ target }) =>
            choose(target.value === pair.from ? { of: pair.from, from: pair.of } : { of: target.value })
          }
        >
          {subjects.map(option)}
        </select>
      </div>
      <span className={styles.minus} aria-hidden="true">
        −
      </span>
      <div className="field">
        <label className="label" htmlFor={`${id}-from`}>
          minus
        </label>
        <select
          id={`${id}-from`}
          className="input"
          value={pair.from}
          onChange={({ target }) => choose({ ...pair, from: target.value })}
        >
          {subjects.filter((subject) => subject !== pair.of).map(option)}
          {option(melSubject)}
        </select>
      </div>
    </div>
  )
}
