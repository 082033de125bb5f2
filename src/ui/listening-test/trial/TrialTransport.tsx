/**
 * The playback position, pause, and the repeated region of a trial. There is no picture, because it could reveal a
 * stimulus.
 */
import { useEffect, useRef } from 'react'
import type { RunningTest } from '../../../store/listening-test/test-state.ts'
import { IconButton } from '../../controls/buttons/IconButton.tsx'
import { TimeRangeFields } from '../../controls/TimeRangeFields.tsx'
import { formatSeconds } from '../../figures/axes/ticks.ts'
import { useActions } from '../../shell/page-context.ts'
import styles from './TrialPanel.module.css'

type Props = { readonly test: RunningTest }

export function TrialTransport({ test }: Props) {
  const { toggleSound, rewind } = useActions().test
  const { playing } = test
  return (
    <div className="row-tight">
      <IconButton
        icon={playing ? 'pause' : 'play'}
        label={playing ? 'Pause' : 'Play'}
        onClick={() => void toggleSound()}
      />
      <IconButton icon="rewind" label="Listen from the start" onClick={rewind} />
      <Course test={test} />
      <RepeatFields test={test} />
    </div>
  )
}

/** The progress of playback, updated at every frame. */
function Course({ test: { playing, durationSeconds, region, trial } }: Props) {
  const { positionSeconds } = useActions().test
  const line = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new trial begins at the start
  useEffect(() => {
    let frame = 0
    const show = () => {
      const seconds = positionSeconds()
      if (line.current) line.current.style.width = `${(100 * seconds) / durationSeconds}%`
      if (text.current) text.current.textContent = formatSeconds(seconds, 1)
      if (playing) frame = requestAnimationFrame(show)
    }
    show()
    return () => cancelAnimationFrame(frame)
  }, [playing, durationSeconds, positionSeconds, trial])
  const percent = (seconds: number) => `${(100 * seconds) / durationSeconds}%`
  return (
    <div className={styles.course} aria-hidden="true">
      <div className={styles.line}>
        {region && (
          <div
            className={styles.region}
            style={{
              left: percent(region.startSeconds),
              width: percent(region.endSeconds - region.startSeconds),
            }}
          />
        )}
        <div ref={line} className={styles.position} />
      </div>
      <span className={styles.time}>
        <span ref={text}>0.0</span> / {formatSeconds(durationSeconds, 1)} s
      </span>
    </div>
  )
}

function RepeatFields({ test: { durationSeconds, region } }: Props) {
  const { loop } = useActions().test
  return (
    <div className="row-tight small soft">
      <span>Repeat</span>
      <TimeRangeFields
        verb="Repeat"
        durationSeconds={durationSeconds}
        range={region}
        clearLabel="Repeat everything"
        onChange={loop}
      />
    </div>
  )
}
