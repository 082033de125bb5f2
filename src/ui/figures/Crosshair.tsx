/**
 * The crosshair that all pictures share, drawn over one of them with this picture's readout. It is a separate component
 * because it updates with every pointer move and the picture does not.
 */
import type { TimeRange } from '../../audio/playback/player.ts'
import { usePage } from '../shell/page-context.ts'
import { CrosshairReadout } from './CrosshairReadout.tsx'
import type { Cells } from './painting/cells.ts'
import styles from './SpectrogramView.module.css'

type Props = {
  readonly cells: Cells
  readonly shown: TimeRange
  readonly heightOf: (hz: number) => number
  readonly readoutAt: (frame: number, bin: number) => string
  readonly isHere: boolean
}

export function Crosshair({ cells, shown, heightOf, readoutAt, isHere }: Props) {
  const crosshair = usePage((state) => state.view.crosshair)
  const cell = crosshair && cells.at(crosshair.seconds, crosshair.hz)
  return (
    <>
      {crosshair && <div className={styles.across} style={{ bottom: `${heightOf(crosshair.hz) * 100}%` }} />}
      <CrosshairReadout
        crosshair={crosshair}
        shown={shown}
        readout={cell && readoutAt(cell.frame, cell.bin)}
        isHere={isHere}
        lineClass={styles.along}
      />
    </>
  )
}
