/**
 * The position of the clock that all takes share, as a line over a waveform or a spectrogram. It moves without
 * rendering.
 */
import { useCallback, useRef } from 'react'
import styles from './Playhead.module.css'
import { useClock } from './use-clock.ts'
import { useShown } from './use-zoom.ts'

export function Playhead({ axisSeconds }: { readonly axisSeconds: number }) {
  const ref = useRef<HTMLDivElement>(null)
  const { startSeconds, endSeconds } = useShown(axisSeconds)
  useClock(
    useCallback(
      (seconds) => {
        const line = ref.current
        if (!line) return
        const fraction =
          endSeconds > startSeconds ? (seconds - startSeconds) / (endSeconds - startSeconds) : 0
        line.hidden = fraction < 0 || fraction > 1
        if (!line.hidden) line.style.left = `${fraction * 100}%`
      },
      [startSeconds, endSeconds],
    ),
  )
  return <div ref={ref} className={styles.playhead} />
}
