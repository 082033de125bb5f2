/** A stretch of time in seconds, typed: what dragging sets where there is something to drag over. */
import { useId, useState } from 'react'
import type { TimeRange } from '../../audio/player.ts'
import { Icon } from './icons.tsx'
import styles from './TimeRangeFields.module.css'

type Props = {
  /** What is done with the stretch; names the fields. */
  readonly verb: 'Loop' | 'Repeat'
  readonly durationSeconds: number
  readonly stretch: TimeRange | undefined
  readonly clearLabel: string
  /** Undefined takes it away. */
  readonly onChange: (stretch: TimeRange | undefined) => void
}

/** Shorter is a slip, and nothing to be heard. */
const minSeconds = 0.02

export function TimeRangeFields({ verb, durationSeconds, stretch, clearLabel, onChange }: Props) {
  const [drafts, setDrafts] = useState<{ readonly from?: string; readonly to?: string }>({})
  const [wrong, setWrong] = useState(false)
  const hintId = useId()
  const from = drafts.from ?? stretch?.startSeconds.toFixed(2) ?? ''
  const to = drafts.to ?? stretch?.endSeconds.toFixed(2) ?? ''

  function apply(): void {
    if (drafts.from === undefined && drafts.to === undefined) return
    if (from.trim() === '' && to.trim() === '') {
      clear()
      return
    }
    const startSeconds = from.trim() === '' ? 0 : Number(from)
    const endSeconds = to.trim() === '' ? durationSeconds : Math.min(durationSeconds, Number(to))
    const isTimeRange = startSeconds >= 0 && endSeconds - startSeconds >= minSeconds
    setWrong(!isTimeRange)
    if (!isTimeRange) return
    setDrafts({})
    onChange({ startSeconds, endSeconds })
  }

  function clear(): void {
    setDrafts({})
    setWrong(false)
    onChange(undefined)
  }

  const field = (name: 'from' | 'to', value: string) => (
    <input
      className={styles.seconds}
      aria-label={`${verb} ${name}, seconds`}
      inputMode="decimal"
      autoComplete="off"
      placeholder={name === 'from' ? '0.00' : durationSeconds.toFixed(2)}
      value={value}
      aria-invalid={wrong}
      aria-describedby={wrong ? hintId : undefined}
      onChange={({ target }) => {
        setWrong(false)
        setDrafts({ ...drafts, [name]: target.value })
      }}
      // Only when both are left: what is typed into one must not move while the other is typed.
      onBlur={({ currentTarget, relatedTarget }) =>
        currentTarget.parentElement?.contains(relatedTarget) || apply()
      }
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  )
  return (
    <div className={styles.stretch}>
      {field('from', from)}
      <span>to</span>
      {field('to', to)}
      <span>s</span>
      {stretch && (
        <button type="button" className="button quiet icon" aria-label={clearLabel} onClick={clear}>
          <Icon name="close" />
        </button>
      )}
      {wrong && (
        <span id={hintId} role="status" className={styles.wrong}>
          Two times within the {durationSeconds.toFixed(2)} s, the earlier one first.
        </span>
      )}
    </div>
  )
}
