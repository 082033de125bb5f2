/** The time axis under a picture, with ticks at round seconds of the visible range. */
import type { TimeRange } from '../../../audio/playback/player.ts'
import styles from './PlotFrame.module.css'
import { formatSeconds, roundTicks, tickDecimals } from './ticks.ts'

export function SecondsAxis({ shown: { startSeconds, endSeconds } }: { readonly shown: TimeRange }) {
  const ticks = roundTicks(startSeconds, endSeconds, 8)
  return (
    <div className={styles.seconds} aria-hidden="true">
      {ticks.map((tick) => {
        const percent = ((tick - startSeconds) / (endSeconds - startSeconds)) * 100
        return (
          <span
            key={tick}
            data-edge={percent < 2 ? 'left' : percent > 98 ? 'right' : undefined}
            style={{ left: `${percent}%` }}
          >
            {formatSeconds(tick, tickDecimals(ticks))}
          </span>
        )
      })}
    </div>
  )
}
