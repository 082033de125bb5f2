/** Reports the outcome of a session in sentences and in figures, before and after, on held-out speech. */
import type { TrainingSession } from '../../store/fine-tune/training-state.ts'
import { formatFigure } from '../figures/figure-texts.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './TrainingOutcome.module.css'
import { heldOutTexts, percentChange } from './training-texts.ts'

type Result = NonNullable<TrainingSession['result']>

export function TrainingOutcome({
  session,
  result,
}: {
  readonly session: TrainingSession
  readonly result: Result
}) {
  const { isOpen, busy } = usePage((state) => ({
    isOpen: state.source.current?.kind === 'held-out',
    busy: state.synthesis.runs !== undefined || state.source.opening !== undefined,
  }))
  const { compareBeforeAndAfter } = useActions().training
  const { before, after, model, problem } = result
  return (
    <div className={styles.outcome}>
      {problem && (
        <div role="alert" className="notice danger">
          <p>
            <strong>{problem.message}</strong>
          </p>
          {problem.remedy && <p>{problem.remedy}</p>}
        </div>
      )}
      <p role="status">{endText(session, result)}</p>
      <table className={styles.table}>
        <caption className="visually-hidden">Errors on held-out speech before and after</caption>
        <thead>
          <tr>
            <th scope="col">On held-out speech</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {heldOutTexts.map(({ name, label, unit, decimals }) => (
            <tr key={name}>
              <th scope="row">
                {label}
                {unit && <span className="soft">, {unit}</span>}
              </th>
              <td>{formatFigure(before[name], decimals)}</td>
              <td>{formatFigure(after[name], decimals)}</td>
              <td className={styles.change}>{percentChange(before[name], after[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small soft">
        Lower is better. The network’s own error is measured before the mel corrections; the other two are
        measured on what you hear.
      </p>
      {model && session.heldOutId && (
        <div className="row">
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => void compareBeforeAndAfter()}
          >
            Compare before and after
          </button>
          <p className="small soft">
            {isOpen
              ? 'The held-out recording is open in Listen: compare Fine-tuned with the models before and with the recording.'
              : 'Opens the held-out recording in Listen, and synthesizes it with the models before and after.'}
          </p>
        </div>
      )}
    </div>
  )
}

function endText(
  { steps }: TrainingSession,
  { ended, step, bestStep, model, before, after }: Result,
): string {
  const end = {
    finished: `Finished after ${step} steps.`,
    stopped: `Stopped after ${step} of ${steps} steps.`,
    diverged: `Ended after ${step} of ${steps} steps.`,
  }[ended]
  if (!model) return `${end} It ended before any weights were measured, so none were kept.`
  if (after.stftError >= before.stftError)
    return `${end} Held-out speech did not improve. More steps, more speech or another learning rate may help. The weights of step ${bestStep} are in My models anyway, as “${model.name ?? model.id}”.`
  const kept = bestStep === step ? 'The last weights were best' : `The weights of step ${bestStep} were best`
  return `${end} ${kept} on held-out speech. They are in My models as “${model.name ?? model.id}” and make the take “Fine-tuned”.`
}
