/** Text fields for a time range in seconds, as an alternative to dragging over a picture. */
import { useId, useState } from 'react'
import type { TimeRange } from '../../audio/playback/player.ts'
import { IconButton } from './buttons/IconButton.tsx'
import styles from './TimeRangeFields.module.css'

type Props = {
  /** The use of the range; it is part of the fields' names. */
  readonly verb: 'Loop' | 'Repeat'
  readonly durationSeconds: number
  readonly range: TimeRange | undefined
  readonly clearLabel: string
  /** Undefined clears the range. */
  readonly onChange: (range: TimeRange | undefined) => void
}

/** A shorter range is a slip of the hand and inaudible. */
const minSeconds = 0.02

export function TimeRangeFields({ verb, durationSeconds, range, clearLabel, onChange }: Props) {
  const [drafts, setDrafts] = useState<{ readonly from?: string; readonly to?: string }>({})
  const [wrong, setWrong] = useState(false)
  const hintId = useId()
  const from = drafts.from ?? range?.startSeconds.toFixed(2) ?? ''
  const to = drafts.to ?? range?.endSeconds.toFixed(2) ?? ''

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
      // The range is applied only when the focus leaves both fields, so that one field does not change while the other
      // is edited.
      onBlur={({ currentTarget, relatedTarget }) =>
        currentTarget.parentElement?.contains(relatedTarget) || apply()
      }
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  )
  return (
    <div className={styles.range}>
      {field('from', from)}
      <span>to</span>
      {field('to', to)}
      <span>s</span>
      {range && <IconButton quiet icon="close" label={clearLabel} onClick={clear} />}
      {wrong && (
        <span id={hintId} role="status" className="error-popover">
          Two times within the {durationSeconds.toFixed(2)} s, the earlier one first.
        </span>
      )}
    </div>
  )
}
