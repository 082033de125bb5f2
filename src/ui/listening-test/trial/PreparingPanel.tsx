/** Shows the progress of the preparation of stimuli, with a button that cancels it. */
import type { PreparingTest } from '../../../store/listening-test/test-state.ts'
import { Bar } from '../../controls/Bar.tsx'
import { useActions } from '../../shell/page-context.ts'
import styles from '../ListeningTest.module.css'

export function PreparingPanel({ test }: { readonly test: PreparingTest }) {
  const { cancelPreparing } = useActions().test
  const { title, doing, fraction } = test
  const percent = Math.round(100 * fraction)
  return (
    <section aria-label="Making the stimuli" className="stack panel">
      <h3>{title}</h3>
      <div className="row">
        <div className={styles.course}>
          <Bar label="Preparing the stimuli" value={percent} text={`${percent} percent. ${doing}`} />
          <p className="small">{doing}</p>
        </div>
        <button type="button" className="button" data-takes-focus onClick={cancelPreparing}>
          Cancel
        </button>
      </div>
      <p className="small soft">
        All stimuli are made before the first trial and brought to the same length and loudness, so that only
        the sound itself tells them apart.
      </p>
    </section>
  )
}
