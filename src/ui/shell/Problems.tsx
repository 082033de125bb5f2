/** Shows errors with what was found and what to do about them, and notes on decisions that the page made by itself. */
import { namedFew } from '../../base/named-few.ts'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { foldProblems } from './folded-problems.ts'
import styles from './Problems.module.css'
import { useEarlyActions, useEarlyPage } from './page-context.ts'

export function Problems() {
  const { problems, notes } = useEarlyPage((state) => ({
    problems: state.problems.shown,
    notes: state.problems.notes,
  }))
  const { dismiss, dismissWhere, dismissNotes, retry } = useEarlyActions().problems
  const { shown, folded } = foldProblems(problems)
  if (problems.length + notes.length === 0) return null
  return (
    <div className={styles.list}>
      {shown.map(({ id, problem, retry: canRetry }) => (
        <div key={id} role="alert" className={styles.problem}>
          <div className={styles.text}>
            <p className={styles.message}>{problem.message}</p>
            {(problem.found || problem.accepted) && (
              <p className="small">
                {problem.found && <>Found: {problem.found}. </>}
                {problem.accepted && <>Accepted: {problem.accepted}.</>}
              </p>
            )}
            {problem.remedy && <p className={styles.remedy}>{problem.remedy}</p>}
          </div>
          <div className={styles.actions}>
            {canRetry && (
              <button type="button" className="button" onClick={() => void retry(id)}>
                Try again
              </button>
            )}
            <IconButton quiet icon="close" label="Dismiss" onClick={() => dismiss(id)} />
          </div>
        </div>
      ))}
      {folded.map((alike) => (
        <div key={alike[0].problem.code} role="alert" className={styles.problem}>
          <div className={styles.text}>
            <p className={styles.message}>
              {alike.length} more were refused in the same way:{' '}
              {namedFew(alike.map(({ problem: { file, message } }) => file ?? message))}.
            </p>
          </div>
          <div className={styles.actions}>
            <IconButton
              quiet
              icon="close"
              label="Dismiss"
              onClick={() => dismissWhere((one) => alike.includes(one))}
            />
          </div>
        </div>
      ))}
      {notes.length > 0 && (
        <div role="status" className={styles.note}>
          <div className={styles.text}>
            {notes.map((note) => (
              <p key={note}>{note}</p>
            ))}
          </div>
          <IconButton quiet icon="close" label="Dismiss notes" onClick={dismissNotes} />
        </div>
      )}
    </div>
  )
}
