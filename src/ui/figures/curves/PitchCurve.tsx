/**
 * A pitch curve over a picture. As in Praat, it has an axis of its own with labels at the right, because on the mel's
 * axis the pitch of a voice would stay within the lowest bands.
 */
import { useMemo } from 'react'
import type { PitchTrack } from '../../../dsp/signals/pitch-track.ts'
import { useShown } from '../use-zoom.ts'
import styles from './PitchCurve.module.css'
import { pitchPath, pitchTicks } from './pitch-path.ts'

type Props = {
  /** One value per frame. Pass the same object for as long as the track is unchanged. */
  readonly track: PitchTrack
  readonly secondsPerFrame: number
  readonly axisSeconds: number
}

export function PitchCurve({ track, secondsPerFrame, axisSeconds }: Props) {
  const { startSeconds, endSeconds } = useShown(axisSeconds)
  const path = useMemo(() => pitchPath(track), [track])
  const firstFrame = startSeconds / secondsPerFrame
  const frames = (endSeconds - startSeconds) / secondsPerFrame
  return (
    <div className="overlay" aria-hidden="true">
      <svg viewBox={`${firstFrame} 0 ${frames} 1`} preserveAspectRatio="none" role="presentation">
        <path d={path} className={styles.outline} />
        <path d={path} className={styles.line} />
      </svg>
      {pitchTicks.map(({ hz, height }) => (
        <span key={hz} className={styles.tick} style={{ bottom: `${height * 100}%` }}>
          {hz} Hz
        </span>
      ))}
    </div>
  )
}
