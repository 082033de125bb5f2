/** The visible part of the looped region, drawn over a waveform or a spectrogram. */
import type { TimeRange } from '../../audio/playback/player.ts'
import { usePage } from '../shell/page-context.ts'
import styles from './LoopRegion.module.css'

type Props = {
  readonly shown: TimeRange
  /** Region that the pointer is dragging; it is shown in place of the looped one. */
  readonly dragged: TimeRange | undefined
}

export function LoopRegion({ shown, dragged }: Props) {
  const region = usePage((state) => state.playback.region)
  const marked = dragged ?? region
  if (!marked) return null
  const length = shown.endSeconds - shown.startSeconds
  const percent = (seconds: number) => `${((seconds - shown.startSeconds) / length) * 100}%`
  return (
    <div className="overlay">
      <div
        className={styles.region}
        style={{
          left: percent(marked.startSeconds),
          right: `calc(100% - ${percent(marked.endSeconds)})`,
        }}
      />
    </div>
  )
}
