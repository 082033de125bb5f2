/** The input mel: its description, its picture, the pitch that the models detect in it, and a download button. */
import { useMemo } from 'react'
import { axisSecondsOf } from '../../store/takes/takes.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { frequencyScale } from '../figures/axes/frequency-scale.ts'
import { formatSeconds } from '../figures/axes/ticks.ts'
import { PitchCurve } from '../figures/curves/PitchCurve.tsx'
import { isVoiced } from '../figures/curves/pitch-path.ts'
import { formatFigure } from '../figures/figure-texts.ts'
import { Playhead } from '../figures/Playhead.tsx'
import { colourGradient } from '../figures/painting/colour-map.ts'
import { SpectrogramView } from '../figures/SpectrogramView.tsx'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import styles from './InputMel.module.css'
import { MelFilePanel } from './MelFilePanel.tsx'
import { PitchField } from './PitchField.tsx'
import { usePitch } from './use-pitch.ts'

const decibelsPerNat = 20 * Math.log10(Math.E)

export default function InputMel() {
  const { signals } = usePageParts()
  const { source, axisSeconds, hasTakes, asks, pitchShown } = usePage((state) => ({
    source: state.source.current,
    axisSeconds: axisSecondsOf({ source: state.source.current, takes: state.takes.all }),
    hasTakes: state.takes.all.length > 0,
    // While a new file waits for an answer, the mel shown below is still the previous one.
    asks: state.source.melFile?.report.question !== undefined,
    pitchShown: state.source.pitchShown,
  }))
  const { melAsNpy } = useActions().source
  const mel = source && signals.mel(source.melId)
  const track = usePitch(source?.melId)
  const view = useMemo(() => {
    if (!source || !mel) return undefined
    const { convention } = source
    let high = Number.NEGATIVE_INFINITY
    for (const value of mel.values) if (value > high) high = value
    const range = { low: Math.log(convention.floor), high: Math.max(0, Math.ceil(high)) }
    const levels = { frames: mel.frames, bins: mel.bands, values: mel.values }
    const { hzOf } = frequencyScale({ kind: 'mel', convention }, mel.bands, 'mel')
    return { convention, range, levels, hzOf }
  }, [source, mel])

  if (!source || !mel || !view) return <InputPlaceholder />
  const { convention, range, levels, hzOf } = view
  const secondsPerFrame = convention.hopSamples / convention.sampleRateHz

  function readoutAt(frame: number, band: number): string {
    const level = mel?.values[frame * mel.bands + band] ?? 0
    const hz = Math.round(hzOf(band)).toLocaleString('en')
    const pitch = track && isVoiced(track, frame) ? ` · pitch ${Math.round(track.f0Hz[frame])} Hz` : ''
    return `${formatSeconds(frame * secondsPerFrame)} s · ${hz} Hz (band ${band + 1}) · ${formatFigure(level, 2)} ln (${formatFigure(level * decibelsPerNat, 1)} dB)${pitch}`
  }

  return (
    <section aria-labelledby="input-heading" className={styles.input}>
      {asks && <MelFilePanel />}
      <header className={styles.header}>
        <div className={styles.what}>
          <h2 id="input-heading">{source.title}</h2>
          <p className="small soft">
            {formatSeconds(source.durationSeconds)} s · {mel.frames} frames × {mel.bands} bands
            {source.kind === 'example' || source.kind === 'mel-file' ? '' : ' · mel computed from the audio'}
          </p>
        </div>
        {source.transcript && (
          <p lang={source.language} className={styles.words}>
            {source.transcript}
          </p>
        )}
        <DownloadButton
          className="button quiet small"
          mimeType="application/octet-stream"
          makeFile={melAsNpy}
        >
          Download mel
        </DownloadButton>
      </header>
      <SpectrogramView
        label={`Input mel spectrogram of ${source.title}`}
        className={styles.view}
        levels={levels}
        range={range}
        scale={{ kind: 'mel', convention }}
        secondsPerFrame={secondsPerFrame}
        axisSeconds={axisSeconds}
        readoutAt={readoutAt}
        loops={hasTakes}
      >
        {track && pitchShown && (
          <PitchCurve track={track} secondsPerFrame={secondsPerFrame} axisSeconds={axisSeconds} />
        )}
        <Playhead axisSeconds={axisSeconds} />
      </SpectrogramView>
      <div className={styles.legend}>
        <span>Seconds, Hz on the mel scale; colour: ln magnitude</span>
        <span className="row-tight">
          {formatFigure(range.low, 1)}
          <span className="gradient" style={{ backgroundImage: colourGradient() }} />
          {formatFigure(range.high, 1)}
        </span>
        {track && <PitchField track={track} />}
      </div>
      {!asks && <MelFilePanel />}
    </section>
  )
}

function InputPlaceholder() {
  const opening = usePage((state) => state.source.opening)
  return (
    <section aria-label="Input" className={styles.input}>
      <div className={styles.placeholder}>{opening ? `Opening ${opening}…` : 'No clip is open yet.'}</div>
      <MelFilePanel />
    </section>
  )
}
