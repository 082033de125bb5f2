/** The clock that all takes share, as a line over a waveform or a spectrogram. Moves without rendering. */
import { useCallback, useRef } from 'react'
import styles from './Playhead.module.css'
import { useClock } from './use-clock.ts'

export function Playhead({ axisSeconds }: { readonly axisSeconds: number }) {
  const ref = useRef<HTMLDivElement>(null)
  useClock(
    useCallback(
      (seconds) => {
        const fraction = axisSeconds > 0 ? Math.min(1, seconds / axisSeconds) : 0
        if (ref.current) ref.current.style.left = `${fraction * 100}%`
      },
      [axisSeconds],
    ),
  )
  return <div ref={ref} className={styles.playhead} />
}
