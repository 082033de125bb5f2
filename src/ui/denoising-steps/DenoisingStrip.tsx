/** The steps of one model side by side, each with its picture, its figure and a play button. */
import { useMemo } from 'react'
import { correctionsText } from '../../base/mel-corrections.ts'
import type { DenoisingFrame, DenoisingStrip } from '../../store/denoising-steps/denoising-state.ts'
import { Icon } from '../controls/icons.tsx'
import { levelReadout } from '../figures/level-readout.ts'
import type { Range } from '../figures/painting/picture.ts'
import { SpectrogramView } from '../figures/SpectrogramView.tsx'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import styles from './DenoisingSteps.module.css'
import { figureText, frameName } from './denoising-texts.ts'

type Props = {
  readonly strip: DenoisingStrip
  readonly range: Range
  readonly axisSeconds: number
}

export function DenoisingStripView({ strip, ...common }: Props) {
  return (
    <section className="stack-tight" style={{ '--accent': `var(--${strip.system})` }}>
      <h3 className={styles.name}>
        {strip.name} <span className="small soft">{correctionsText(strip.corrections)}</span>
      </h3>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls; this is a strip of pictures */}
      <div
        role="group"
        aria-label={`Steps of ${strip.name}`}
        className={styles.frames}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
        tabIndex={0}
      >
        {strip.frames.map((frame) => (
          <Frame key={frame.id} frame={frame} name={strip.name} {...common} />
        ))}
      </div>
    </section>
  )
}

type FrameProps = Omit<Props, 'strip'> & { readonly frame: DenoisingFrame; readonly name: string }

function Frame({ frame, name, range, axisSeconds }: FrameProps) {
  const { signals } = usePageParts()
  const { heard, playing } = usePage((state) => ({
    heard: state.denoising.audibleFrameId === frame.id,
    playing: state.denoising.playing && state.denoising.audibleFrameId === frame.id,
  }))
  const { playFrame, pause } = useActions().denoising
  const spectrogram = signals.spectrogram(frame.spectrogramId)
  const levels = useMemo(
    () => spectrogram && { frames: spectrogram.frames, bins: spectrogram.bins, values: spectrogram.levelsDb },
    [spectrogram],
  )
  if (!spectrogram) return null
  const { highHz, hopSeconds } = spectrogram
  const what = frame.step === 0 ? `the input of ${name}` : `step ${frame.step} of ${name}`
  return (
    <div className={styles.frame} data-heard={heard}>
      <p className={styles.caption}>
        {frameName(frame.step)}
        <span className={styles.figure}>{frame.figure === undefined ? '…' : figureText(frame.figure)}</span>
      </p>
      <SpectrogramView
        label={`${name}, ${frameName(frame.step).toLowerCase()}`}
        className={styles.picture}
        levels={levels}
        range={range}
        scale={{ kind: 'bins', highHz }}
        secondsPerFrame={hopSeconds}
        axisSeconds={axisSeconds}
        readoutAt={(at, bin) => levelReadout(spectrogram, at, bin)}
      />
      <button
        type="button"
        className="button small"
        aria-pressed={playing}
        aria-label={`Hear ${what}`}
        onClick={() => (playing ? pause() : void playFrame(frame.id))}
      >
        <Icon name={playing ? 'pause' : 'play'} />
        Hear
      </button>
    </div>
  )
}
