/** Shows the result of a listening test as plots, sentences and tables. */

import { useMemo } from 'react'
import { withAnchors } from '../../../listening/plans/anchors.ts'
import { type Outcome, pooledOutcome } from '../../../listening/results/outcome.ts'
import type { TestSession } from '../../../listening/test-session.ts'
import { pluralize } from '../../../listening/text-format.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import { timeText } from '../../controls/time-text.ts'
import { testNames, unitOf } from '../test-texts.ts'
import { AbxFigure } from './AbxFigure.tsx'
import { CmosFigure } from './CmosFigure.tsx'
import { conditionColour } from './condition-colours.ts'
import { MushraFigure } from './MushraFigure.tsx'
import { PreferenceFigure } from './PreferenceFigure.tsx'
import { Provenance } from './Provenance.tsx'
import { cautionTexts } from './result-texts.ts'
import styles from './TestResult.module.css'

/** `sessions` belong to one plan; `pooledOutcome` pools their listeners. */
type Props = { readonly session: TestSession } | { readonly sessions: readonly TestSession[] }

export function TestResult(props: Props) {
  const given = 'sessions' in props ? props.sessions : props.session
  const sessions = useMemo(() => ('plan' in given ? [given] : given), [given])
  const outcome = useMemo(() => pooledOutcome(sessions), [sessions])
  const [{ plan, startedAt }] = sessions
  return (
    <article className="stack" aria-label={`Result: ${plan.title}`}>
      <header>
        <h3>{plan.title}</h3>
        <p className="small soft">
          {[
            testNames[plan.kind],
            pluralize(sessions[0].trials.length, unitOf(plan.kind)),
            sessions.length > 1 ? pluralize(sessions.length, 'listener') : timeText(startedAt),
          ].join(' · ')}
        </p>
      </header>
      {cautionTexts(outcome).map((text) => (
        <p key={text} className={styles.caution}>
          {text}
        </p>
      ))}
      <Figure outcome={outcome} sessions={sessions} />
      <Disclosure label="How it was made">
        <Provenance sessions={sessions} />
      </Disclosure>
    </article>
  )
}

function Figure({
  outcome,
  sessions,
}: {
  readonly outcome: Outcome
  readonly sessions: readonly TestSession[]
}) {
  const [{ plan, clipTitles, stimuli }] = sessions
  const conditions = useMemo(
    () => new Map(withAnchors(plan).conditions.map((condition) => [condition.id, condition])),
    [plan],
  )
  const labelOf = (id: string) => conditions.get(id)?.label ?? id
  const colourOf = (id: string) => {
    const condition = conditions.get(id)
    return condition ? conditionColour(condition, stimuli) : 'var(--ink)'
  }
  switch (outcome.kind) {
    case 'abx':
      return <AbxFigure outcome={outcome} labelOf={labelOf} clipTitles={clipTitles} />
    case 'preference':
      return <PreferenceFigure outcome={outcome} labelOf={labelOf} colourOf={colourOf} />
    case 'cmos':
      return <CmosFigure outcome={outcome} labelOf={labelOf} colourOf={colourOf} />
    case 'mushra':
      return <MushraFigure outcome={outcome} labelOf={labelOf} colourOf={colourOf} />
    default:
      return outcome satisfies never
  }
}
