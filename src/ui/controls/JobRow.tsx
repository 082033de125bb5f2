/**
 * A row with the button that starts a long job. While the job runs, a button that cancels it and its progress follow;
 * while it does not, the explanation of the job.
 */
import type { ReactNode } from 'react'
import { Bar } from './Bar.tsx'
import styles from './JobRow.module.css'

type Props = {
  /** Text of the button. */
  readonly start: string
  readonly canStart: boolean
  readonly onStart: () => unknown
  readonly onCancel: () => void
  readonly progressLabel: string
  /** The fraction that is done, 0..1, and the current activity; undefined while the job does not run. */
  readonly progress: { readonly fraction: number; readonly text: string } | undefined
  /** Explanation of the job, if it still needs one. */
  readonly children?: ReactNode
}

export function JobRow({ start, canStart, onStart, onCancel, progressLabel, progress, children }: Props) {
  const isReady = canStart && !progress
  const percent = Math.round(100 * (progress?.fraction ?? 0))
  return (
    <div className={styles.row}>
      {/* The button keeps the focus while the job runs, so it is not disabled. */}
      <button
        type="button"
        className="button primary"
        aria-disabled={!isReady}
        onClick={() => isReady && void onStart()}
      >
        {start}
      </button>
      {progress && (
        <>
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
          <div className={styles.progress}>
            <Bar label={progressLabel} value={percent} text={`${percent} percent. ${progress.text}`} />
            <span className="small soft">{progress.text}</span>
          </div>
        </>
      )}
      {!progress && children && <p className="small soft">{children}</p>}
    </div>
  )
}
