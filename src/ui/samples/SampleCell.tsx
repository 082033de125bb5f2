/** One sample as a button that plays it, with its spectrogram and the playhead of the clock that all samples share. */
import { useCallback, useMemo, useRef } from 'react'
import type { Sample } from '../../store/samples/samples-state.ts'
import { Icon } from '../controls/icons.tsx'
import { frequencyScale } from '../figures/frequency-scale.ts'
import { Canvas, type Draw } from '../figures/painting/Canvas.tsx'
import { paintPicture } from '../figures/painting/picture.ts'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import styles from './SampleCell.module.css'
import { sampleLines, sampleName } from './sample-names.ts'
import { useSampleClock } from './use-sample-clock.ts'

const shownRangeDb = 80

export function SampleCell({ sample }: { readonly sample: Sample }) {
  const { file, system } = sample
  const { audible, playing } = usePage(({ samples }) => ({
    audible: samples.audibleId === file,
    playing: samples.playing && samples.audibleId === file,
  }))
  const { play, pause, select } = useActions().samples
  const { store } = usePageParts()
  const name = sampleName(sample)

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
  const picture = usePage(({ samples }) => ({ ...samples.pictures[file] }))
  const draw = useDraw(picture.spectrogramId && signals.spectrogram(picture.spectrogramId), picture.peakDb)
  return (
    <span className={styles.picture}>
      <Canvas draw={draw} className={styles.canvas} />
      <Playhead />
    </span>
  )
}

type Spectrogram = {
  readonly frames: number
  readonly bins: number
  readonly highHz: number
  readonly levelsDb: Float32Array
}

/** Paints the spectrogram once, on the mel axis, where speech has most of the room. */
function useDraw(spectrogram: Spectrogram | '' | undefined, peakDb = 0): Draw {
  const painted = useMemo(() => {
    if (!spectrogram) return undefined
    const { frames, bins, highHz, levelsDb } = spectrogram
    const scale = frequencyScale({ kind: 'bins', highHz }, bins, 'mel')
    return paintPicture(
      { frames, bins, values: levelsDb },
      { low: peakDb - shownRangeDb, high: peakDb },
      scale,
    )
  }, [spectrogram, peakDb])
  return useCallback(
    (context, width, height) => {
      if (painted) context.drawImage(painted, 0, 0, width, height)
    },
    [painted],
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
