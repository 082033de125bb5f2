/**
 * The crosshair that all pictures share, drawn over one of them with this picture's readout. It is a separate component
 * because it updates with every pointer move and the picture does not.
 */
import type { TimeRange } from '../../audio/player.ts'
import { usePage } from '../shell/page-context.ts'
import type { Cells } from './painting/cells.ts'
import styles from './SpectrogramView.module.css'

type Props = {
  readonly cells: Cells
  readonly shown: TimeRange
  readonly heightOf: (hz: number) => number
  readonly readoutAt: (frame: number, bin: number) => string
  /**
   * Whether the pointer or the keyboard is on this picture. If so, its readout is larger, and it is announced after a
   * key moved the crosshair.
   */
  readonly isHere: boolean
}

export function Crosshair({ cells, shown, heightOf, readoutAt, isHere }: Props) {
  const crosshair = usePage((state) => state.view.crosshair)
  if (!crosshair) return <span className="visually-hidden" aria-live="polite" />
  const across = (crosshair.seconds - shown.startSeconds) / (shown.endSeconds - shown.startSeconds)
  const isShown = across >= 0 && across <= 1
  const cell = cells.at(crosshair.seconds, crosshair.hz)
  const readout = cell && readoutAt(cell.frame, cell.bin)
  return (
    <>
      <div className={styles.across} style={{ bottom: `${heightOf(crosshair.hz) * 100}%` }} />
      {isShown && <div className={styles.along} style={{ left: `${across * 100}%` }} />}
      {isShown && readout && (
        <div className={styles.readout} data-side={across > 0.5 ? 'left' : 'right'} data-here={isHere}>
          {readout}
        </div>
      )}
      <span className="visually-hidden" aria-live="polite">
        {isHere && crosshair.byKey ? readout : ''}
      </span>
    </>
  )
}
