/** One sample as a button that plays it, with its spectrogram and the playhead of the clock that all samples share. */
import { useCallback, useMemo, useRef } from 'react'
import type { Sample } from '../../store/samples/samples-state.ts'
import { Icon } from '../controls/icons.tsx'
import { paintSpectrogram, Thumbnail } from '../figures/Thumbnail.tsx'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import { systemWithSteps } from '../synthesis/system-name.ts'
import styles from './SampleCell.module.css'
import { sampleLines } from './sample-lines.ts'
import { useSampleClock } from './use-sample-clock.ts'

export function SampleCell({ sample }: { readonly sample: Sample }) {
  const { file, system } = sample
  const { audible, playing } = usePage(({ samples }) => ({
    audible: samples.audibleId === file,
    playing: samples.playing && samples.audibleId === file,
  }))
  const { play, pause, select } = useActions().samples
  const { store } = usePageParts()
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
      <SamplePicture file={file} />
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

function SamplePicture({ file }: { readonly file: string }) {
  const { signals } = usePageParts()
  const { spectrogramId, peakDb = 0 } = usePage(({ samples }) => ({ ...samples.pictures[file] }))
  const picture = useMemo(() => {
    const spectrogram = spectrogramId && signals.spectrogram(spectrogramId)
    return spectrogram ? paintSpectrogram(spectrogram, peakDb) : undefined
  }, [signals, spectrogramId, peakDb])
  return (
    <span className={styles.picture}>
      <Thumbnail picture={picture} className={styles.canvas} />
      <Playhead />
    </span>
  )
}

function Playhead() {
  const line = useRef<HTMLSpanElement>(null)
  const durationSeconds = usePage(({ samples }) => samples.durationSeconds)
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
