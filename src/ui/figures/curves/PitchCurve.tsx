/**
 * A pitch curve over a picture, on an axis of its own whose labels stand at the right, as Praat has it: on the mel's own axis
 * a voice's pitch would stay within its lowest bands.
 */
import { useMemo } from 'react'
import type { PitchTrack } from '../../../dsp/pitch-track.ts'
import { useShown } from '../use-zoom.ts'
import styles from './PitchCurve.module.css'
import { pitchPath, pitchTicks } from './pitch-path.ts'

type Props = {
  /** A value per frame. Keep it the same object as long as it is the same. */
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
    <div className={styles.curve} aria-hidden="true">
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
