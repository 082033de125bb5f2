/** A progress bar with a description of the current activity. */
import { Bar } from './Bar.tsx'
import styles from './ProgressBar.module.css'

type Props = {
  readonly label: string
  /** 0..1 */
  readonly fraction: number
  /** Current activity. */
  readonly text: string
}

export function ProgressBar({ label, fraction, text }: Props) {
  const percent = Math.round(100 * fraction)
  return (
    <div className={styles.progress}>
      <Bar label={label} value={percent} text={`${percent} percent. ${text}`} />
      <span className="small soft">{text}</span>
    </div>
  )
}
