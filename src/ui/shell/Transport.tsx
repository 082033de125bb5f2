/** The transport of all takes: plays, seeks, and switches the audible take without changing the position. */
import { useCallback, useRef } from 'react'
import { axisSecondsOf, cardChoice, cardsOf, takeNames } from '../../store/takes/takes.ts'
import { Icon } from '../controls/icons.tsx'
import { formatSeconds } from '../figures/ticks.ts'
import { useClock } from '../figures/use-clock.ts'
import { useActions, usePage } from './page-context.ts'
import styles from './Transport.module.css'

export function Transport() {
  const choice = usePage(cardChoice)
  const { source, playing, audibleId } = usePage((state) => ({
    source: state.source.current,
    playing: state.playback.playing,
    audibleId: state.playback.audibleId,
  }))
  const { play, pause, select } = useActions().playback
  const { takes } = choice
  if (takes.length === 0) return null
  const names = takeNames(takes)
  const axisSeconds = axisSecondsOf({ source, takes })
  return (
    <section aria-label="Transport" className={styles.transport}>
      <button
        type="button"
        className={`button primary icon ${styles.play}`}
        aria-label={playing ? 'Pause all takes' : 'Start the clock'}
        onClick={() => (playing ? pause() : void play())}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <div className={styles.takes} role="toolbar" aria-label="Heard take">
        {cardsOf(choice).map(
          ({ system, take }, index) =>
            take && (
              <button
                key={take.id}
                type="button"
                className={styles.take}
                style={{ '--accent': `var(--${system})` }}
                aria-pressed={take.id === audibleId}
                onClick={() => select(take.id)}
              >
                {index < 9 && (
                  <span className={styles.digit} aria-hidden="true">
                    {index + 1}
                  </span>
                )}
                <span className={styles.called}>{names.get(take.id)}</span>
              </button>
            ),
        )}
      </div>
      <Position durationSeconds={axisSeconds} />
    </section>
  )
}

function Position({ durationSeconds }: { readonly durationSeconds: number }) {
  const { seek } = useActions().playback
  const slider = useRef<HTMLInputElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  useClock(
    useCallback((seconds) => {
      if (slider.current) {
        slider.current.value = String(seconds)
        slider.current.setAttribute('aria-valuetext', `${seconds.toFixed(1)} seconds`)
      }
      if (text.current) text.current.textContent = formatSeconds(seconds)
    }, []),
  )
  return (
    <div className={styles.position}>
      <input
        ref={slider}
        type="range"
        aria-label="Position"
        min={0}
        max={durationSeconds}
        step={0.01}
        defaultValue={0}
        onChange={({ target }) => seek(Number(target.value))}
      />
      <span className={styles.time}>
        <span ref={text}>0.00</span> / {formatSeconds(durationSeconds)} s
      </span>
    </div>
  )
}
