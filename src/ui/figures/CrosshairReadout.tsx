/** The crosshair's position in time, as a line over one picture, with the readout of this picture beside it. */
import type { TimeRange } from '../../audio/playback/player.ts'
import type { Crosshair } from '../../store/takes/view-state.ts'
import styles from './SpectrogramView.module.css'

type Props = {
  readonly crosshair: Crosshair | undefined
  readonly shown: TimeRange
  readonly readout: string | undefined
  /**
   * Whether the pointer or the keyboard is on this picture. If so, its readout is larger, and it is announced after a
   * key moved the crosshair.
   */
  readonly isHere: boolean
  readonly lineClass: string
}

export function CrosshairReadout({ crosshair, shown, readout, isHere, lineClass }: Props) {
  const across =
    crosshair && (crosshair.seconds - shown.startSeconds) / (shown.endSeconds - shown.startSeconds)
  const isShown = across !== undefined && across >= 0 && across <= 1
  return (
    <>
      {isShown && <div className={lineClass} style={{ left: `${across * 100}%` }} />}
      {isShown && readout && (
        <div className={styles.readout} data-side={across > 0.5 ? 'left' : 'right'} data-here={isHere}>
          {readout}
        </div>
      )}
      <span className="visually-hidden" aria-live="polite">
        {isHere && crosshair?.byKey ? readout : ''}
      </span>
    </>
  )
}
