/** Shows the truth about a rehearsed trial, and the button for the next one. */
import { useEffect, useRef } from 'react'
import type { Revealed, RunningTest } from '../../../store/listening-test/test-state.ts'
import { useActions } from '../../shell/page-context.ts'
import styles from './TrialPanel.module.css'

type Props = { readonly test: RunningTest; readonly revealed: Revealed }

export function RehearsalAnswer({ test, revealed }: Props) {
  const { continueRehearsal } = useActions().test
  const next = useRef<HTMLButtonElement>(null)
  useEffect(() => next.current?.focus({ preventScroll: true }), [])
  const { xIs, isCorrect, identities } = revealed
  return (
    <section aria-label="Answer" className={styles.revealed}>
      <p role="status" className={styles.asked}>
        {xIs ? `${isCorrect ? 'Correct' : 'Not correct'}: X is ${xIs}.` : 'This is what you heard:'}
      </p>
      <dl className={styles.identities}>
        {identities.map(({ key, label }) => (
          <div key={key}>
            <dt>{key.toUpperCase()}</dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
      <p className="small soft">
        Listen again if you like. In the test itself, nothing is revealed before the end.
      </p>
      <button ref={next} type="button" className="button primary" onClick={continueRehearsal}>
        {test.trial + 1 < test.trials ? 'Next' : 'End the rehearsal'}
      </button>
    </section>
  )
}
