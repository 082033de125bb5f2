/** One take: how it was made, its pictures, its figures, and the controls that play and save it. */
import { Fragment, useMemo } from 'react'
import { correctionsText } from '../../base/mel-corrections.ts'
import { pluralize } from '../../listening/text-format.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import type { Take } from '../../store/takes/take.ts'
import { takeNotes } from '../../store/takes/take-notes.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { Icon } from '../controls/icons.tsx'
import type { WavFormat } from '../controls/wav-formats.ts'
import { formatSeconds } from '../figures/axes/ticks.ts'
import { levelReadout } from '../figures/level-readout.ts'
import { Playhead } from '../figures/Playhead.tsx'
import type { Range } from '../figures/painting/picture.ts'
import { SpectrogramView } from '../figures/SpectrogramView.tsx'
import { WaveformView } from '../figures/WaveformView.tsx'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import { systemLines } from '../synthesis/system-lines.ts'
import { SaveSpectrogram } from './SaveSpectrogram.tsx'
import styles from './TakeCard.module.css'
import { TakeFigures } from './TakeFigures.tsx'

type Props = {
  readonly take: Take
  readonly name: string
  readonly digit: number
  readonly axisSeconds: number
  readonly rangeDb: Range
  readonly wavFormat: WavFormat
}

export function TakeCard({ take, name, digit, axisSeconds, rangeDb, wavFormat }: Props) {
  const { source, audible, playing } = usePage((state) => ({
    source: state.source.current,
    audible: state.playback.audibleId === take.id,
    playing: state.playback.playing && state.playback.audibleId === take.id,
  }))
  const { play, pause } = useActions().playback
  const { asWav, keep, remove } = useActions().takes
  const isKept = take.place === 'kept'
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls; this is a card
    <div
      role="group"
      aria-label={name}
      className={styles.card}
      data-audible={audible}
      style={{ '--accent': `var(--${take.system})` }}
    >
      <header className={styles.header}>
        <h3 className={styles.name} title={systemLines[take.system]}>
          {digit < 10 && (
            <span className="digit" aria-hidden="true">
              {digit}
            </span>
          )}
          {name}
        </h3>
        <p className={styles.making}>
          {makingParts(take).map((part, index) => (
            <Fragment key={part}>
              {index > 0 && ' · '}
              <span>{part}</span>
            </Fragment>
          ))}
        </p>
      </header>
      <div className="small soft">
        {isKept && take.making && <p>Kept from {systemNames[take.system]}.</p>}
        {takeNotes(take, source).map((note) => (
          <p key={note} className="caution">
            {note}
          </p>
        ))}
      </div>
      <div className={styles.wave}>
        <WaveformView takeId={take.id} axisSeconds={axisSeconds} />
      </div>
      <div>
        <TakeSpectrogram take={take} name={name} axisSeconds={axisSeconds} rangeDb={rangeDb} />
        <SaveSpectrogram take={take} name={name} axisSeconds={axisSeconds} rangeDb={rangeDb} />
      </div>
      <TakeFigures take={take} />
      <div className={styles.actions}>
        <button
          type="button"
          className={`button ${styles.play}`}
          aria-pressed={playing}
          onClick={() => (playing ? pause() : void play(take.id))}
        >
          <Icon name={playing ? 'pause' : 'play'} />
          Play
        </button>
        <DownloadButton mimeType="audio/wav" makeFile={() => asWav(take.id, wavFormat)}>
          Download WAV
        </DownloadButton>
        {isKept ? (
          <button type="button" className="button" onClick={() => remove(take.id)}>
            Remove
          </button>
        ) : (
          take.system !== 'recording' && (
            <button
              type="button"
              className={`button ${styles.keep}`}
              aria-pressed={take.keep}
              title={`Keeps this take beside the next one of ${name}`}
              onClick={() => keep(take.id, !take.keep)}
            >
              Keep
            </button>
          )
        )}
      </div>
    </div>
  )
}

/** Says how a take was made and how long that took; a line may end between two parts. */
function makingParts({ making, durationSeconds, system }: Take): readonly string[] {
  if (!making) return [`${formatSeconds(durationSeconds)} s`]
  const steps = making.betas && pluralize(making.betas.length, 'step')
  const parts = [
    steps,
    making.corrections && correctionsText(making.corrections),
    system !== 'griffin-lim' && `seed ${making.seed}`,
    `${making.elapsedSeconds.toFixed(2)} s`,
    `RTF ${making.realTimeFactor.toFixed(2)}`,
  ]
  return parts.flatMap((part) => part || [])
}

type SpectrogramProps = Pick<Props, 'take' | 'axisSeconds' | 'rangeDb'> & { readonly name: string }

const nothing = { hopSeconds: 0, highHz: 1 }

function TakeSpectrogram({ take, name, axisSeconds, rangeDb }: SpectrogramProps) {
  const { signals } = usePageParts()
  const spectrogram = take.spectrogramId ? signals.spectrogram(take.spectrogramId) : undefined
  const levels = useMemo(
    () =>
      spectrogram && {
        frames: spectrogram.frames,
        bins: spectrogram.bins,
        values: spectrogram.levelsDb,
      },
    [spectrogram],
  )
  const { hopSeconds, highHz } = spectrogram ?? nothing
  return (
    <SpectrogramView
      label={`Spectrogram of ${name}`}
      className={styles.spectrogram}
      levels={levels}
      range={rangeDb}
      scale={{ kind: 'bins', highHz }}
      secondsPerFrame={hopSeconds}
      axisSeconds={axisSeconds}
      readoutAt={(frame, bin) => (spectrogram ? levelReadout(spectrogram, frame, bin) : '')}
      loops
    >
      <Playhead axisSeconds={axisSeconds} />
    </SpectrogramView>
  )
}
