/** The clock of all takes: play, go to a place, loop a region, change what is heard, match levels. */
import { useCallback, useRef } from 'react'
import { systemNames, systems } from '../store/systems.ts'
import { formatSeconds } from './figures/ticks.ts'
import { Icon } from './icons.tsx'
import { LoopFields } from './LoopFields.tsx'
import { usePage } from './page-context.ts'
import styles from './Transport.module.css'
import { useClock } from './use-clock.ts'
import { useShortcuts } from './use-shortcuts.ts'

export function Transport() {
  const takes = usePage((state) => state.takes)
  return takes.length > 0 ? <Controls /> : null
}

function Controls() {
  const state = usePage(
    ({ takes, source, playing, audibleId, levelsMatched, play, pause, hear, matchLevels }) => ({
      takes,
      source,
      playing,
      audibleId,
      levelsMatched,
      play,
      pause,
      hear,
      matchLevels,
    }),
  )
  const { takes, playing, audibleId, play, pause } = state
  const [shortcuts, setShortcuts] = useShortcuts()
  const durationSeconds = state.source?.durationSeconds ?? 0
  const audible = takes.find(({ id }) => id === audibleId)
  return (
    <section aria-label="Transport" className={styles.transport}>
      <div className={styles.inner}>
        <button
          type="button"
          className={`button primary icon ${styles.play}`}
          aria-label={playing ? 'Pause all takes' : 'Start the clock'}
          onClick={() => (playing ? pause() : void play())}
        >
          <Icon name={playing ? 'pause' : 'play'} />
        </button>
        <div className={styles.takes} role="toolbar" aria-label="Heard take">
          {takes.map(({ id, system }) => (
            <button
              key={id}
              type="button"
              className={styles.take}
              style={{ '--accent': `var(--${system})` }}
              aria-pressed={id === audibleId}
              onClick={() => state.hear(id)}
            >
              <kbd className={styles.digit} aria-hidden="true">
                {systems.indexOf(system) + 1}
              </kbd>
              {systemNames[system]}
            </button>
          ))}
        </div>
        <Position durationSeconds={durationSeconds} />
        <LoopFields durationSeconds={durationSeconds} />
        <div className={styles.switches}>
          <label className="switch small">
            <input
              type="checkbox"
              role="switch"
              checked={state.levelsMatched}
              onChange={({ target }) => state.matchLevels(target.checked)}
            />
            Levels matched
            {state.levelsMatched && audible?.gainDb !== undefined && (
              <span className="soft">{audible.gainDb.toFixed(1).replace('-', '−')} dB</span>
            )}
          </label>
          <label className="switch small" title="Space plays and pauses, 1 to 4 switch takes">
            <input
              type="checkbox"
              role="switch"
              checked={shortcuts}
              onChange={({ target }) => setShortcuts(target.checked)}
            />
            Keys: Space, 1–4
          </label>
        </div>
      </div>
    </section>
  )
}

function Position({ durationSeconds }: { readonly durationSeconds: number }) {
  const seek = usePage((state) => state.seek)
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
