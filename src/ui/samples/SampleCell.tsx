/** One sample as a button that plays it, with its spectrogram and the playhead of the clock that all samples share. */
import { useCallback, useRef } from 'react'
import type { Sample } from '../../store/samples/samples-state.ts'
import { Icon } from '../controls/icons.tsx'
import { useEarlyActions, useEarlyPage, useEarlyParts } from '../shell/page-context.ts'
import { systemWithSteps } from '../synthesis/system-name.ts'
import styles from './SampleCell.module.css'
import { sampleLines } from './sample-lines.ts'
import { useSampleClock } from './use-sample-clock.ts'

export function SampleCell({ sample }: { readonly sample: Sample }) {
  const { file, picture, system } = sample
  const { audible, playing } = useEarlyPage(({ samples }) => ({
    audible: samples.audibleId === file,
    playing: samples.playing && samples.audibleId === file,
  }))
  const { play, pause, select } = useEarlyActions().samples
  const { store } = useEarlyParts()
  const name = systemWithSteps(sample)

  function press(): void {
    if (playing) pause()
    else if (store.getState().samples.playing) select(file)
    else void play(file)
  }
  return (
    <button
      type="button"
      className={styles.cell}
      style={{ '--accent': `var(--${system})` }}
      aria-label={`Play ${name}`}
      aria-pressed={playing}
      data-audible={audible}
      onClick={press}
    >
      <span className={styles.picture} style={{ backgroundImage: `url("${picture}")` }}>
        <Playhead />
      </span>
      <span className={styles.name}>
        <span className={styles.icon}>
          <Icon name={playing ? 'pause' : 'play'} />
        </span>
        <span>
          {name}
          <span className={styles.line}>{sampleLines[system]}</span>
        </span>
      </span>
    </button>
  )
}

function Playhead() {
  const line = useRef<HTMLSpanElement>(null)
  const durationSeconds = useEarlyPage(({ samples }) => samples.durationSeconds)
  useSampleClock(
    useCallback(
      (seconds) => {
        if (line.current)
          line.current.style.left = `${durationSeconds ? (100 * seconds) / durationSeconds : 0}%`
      },
      [durationSeconds],
    ),
  )
  return <span ref={line} className={styles.playhead} />
}
