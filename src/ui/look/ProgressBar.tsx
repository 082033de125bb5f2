/** How far a piece of work is, with what is being done. */
import styles from './ProgressBar.module.css'

type Props = {
  readonly label: string
  /** 0..1 */
  readonly fraction: number
  /** What is being done. */
  readonly text: string
}

export function ProgressBar({ label, fraction, text }: Props) {
  const percent = Math.round(100 * fraction)
  return (
    <div className={styles.progress}>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={`${percent} percent. ${text}`}
        className={styles.bar}
      >
        <div style={{ width: `${percent}%` }} />
      </div>
      <span className="small soft">{text}</span>
    </div>
  )
}
