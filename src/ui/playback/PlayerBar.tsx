/**
 * The player at the bottom of the page: one button, the choices to hear, and the position on the clock that they share.
 */
import { type ReactNode, useCallback, useRef } from 'react'
import { Icon } from '../controls/icons.tsx'
import { formatSeconds } from '../figures/axes/ticks.ts'
import styles from './PlayerBar.module.css'

export type Choice = {
  readonly id: string
  readonly name: string
  /** Name of a system, whose colour the choice has. */
  readonly system: string
  /** Number key that selects it. */
  readonly digit?: number
}

type Props = {
  readonly label: string
  readonly playing: boolean
  readonly playLabel: string
  readonly pauseLabel: string
  readonly choicesLabel: string
  readonly choices: readonly Choice[]
  readonly audibleId?: string
  readonly durationSeconds: number
  readonly onToggle: () => void
  readonly onSelect: (id: string) => void
  readonly onSeek: (seconds: number) => void
  /** A hook that reports the position to the function that it is given. */
  readonly useTime: (onTime: (seconds: number) => void) => void
  readonly children?: ReactNode
}

export function PlayerBar(props: Props) {
  const { label, playing, choices, audibleId } = props
  return (
    <section aria-label={label} className={styles.player} data-player>
      <button
        type="button"
        className={`button primary icon ${styles.play}`}
        aria-label={playing ? props.pauseLabel : props.playLabel}
        onClick={props.onToggle}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <div className={styles.choices} role="toolbar" aria-label={props.choicesLabel}>
        {choices.map(({ id, name, system, digit }) => (
          <button
            key={id}
            type="button"
            className={styles.choice}
            style={{ '--accent': `var(--${system})` }}
            aria-pressed={id === audibleId}
            onClick={() => props.onSelect(id)}
          >
            {digit !== undefined && (
              <span className={styles.digit} aria-hidden="true">
                {digit}
              </span>
            )}
            <span className="truncated">{name}</span>
          </button>
        ))}
      </div>
      <Position {...props} />
      {props.children}
    </section>
  )
}

function Position({ durationSeconds, onSeek, useTime }: Props) {
  const slider = useRef<HTMLInputElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  useTime(
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
        onChange={({ target }) => onSeek(Number(target.value))}
      />
      <span className={styles.time}>
        <span ref={text}>0.00</span> / {formatSeconds(durationSeconds)} s
      </span>
    </div>
  )
}
