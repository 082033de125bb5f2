/** The end of a rehearsal: the test itself can start at once, because its stimuli are made. */
import { pluralize } from '../../../listening/text-format.ts'
import type { RehearsedTest } from '../../../store/listening-test/test-state.ts'
import { useActions } from '../../shell/page-context.ts'
import styles from '../ListeningTest.module.css'
import { startTexts, unitOf } from '../test-texts.ts'

export function RehearsedPanel({ test: { plan, trials } }: { readonly test: RehearsedTest }) {
  const { start, stop } = useActions().test
  return (
    <section aria-label="End of the rehearsal" tabIndex={-1} data-takes-focus className={styles.rehearsed}>
      <h3>That was the rehearsal</h3>
      <p>
        The test has {pluralize(trials, unitOf(plan.kind))}. Answers are recorded from now on, and what you
        hear is revealed only at the end.
      </p>
      <div className="row-tight">
        <button type="button" className="button primary" onClick={() => void start(plan)}>
          {startTexts[plan.kind]}
        </button>
        <button type="button" className="button" onClick={() => void stop('nothing')}>
          Leave
        </button>
      </div>
    </section>
  )
}
