/** The looped region in seconds: what dragging on a waveform sets, by keyboard. */
import { useState } from 'react'
import { Icon } from '../icons.tsx'
import { usePage } from '../page-context.ts'
import styles from './Listening.module.css'

export function LoopFields({ durationSeconds }: { readonly durationSeconds: number }) {
  const { region, lastRegion, loopRegion, toggleLoop } = usePage((state) => ({
    region: state.region,
    lastRegion: state.lastRegion,
    loopRegion: state.loopRegion,
    toggleLoop: state.toggleLoop,
  }))
  const [drafts, setDrafts] = useState<{ readonly from?: string; readonly to?: string }>({})
  const [wrong, setWrong] = useState(false)
  const known = region ?? lastRegion
  const from = drafts.from ?? known?.startSeconds.toFixed(2) ?? ''
  const to = drafts.to ?? known?.endSeconds.toFixed(2) ?? ''

  function apply(): void {
    if (drafts.from === undefined && drafts.to === undefined) return
    const startSeconds = from.trim() === '' ? 0 : Number(from)
    const endSeconds = to.trim() === '' ? durationSeconds : Number(to)
    const isRegion = startSeconds >= 0 && endSeconds > startSeconds && startSeconds < durationSeconds
    setWrong(!isRegion)
    if (!isRegion) return
    setDrafts({})
    loopRegion({ startSeconds, endSeconds })
  }

  const field = (label: string, value: string, name: 'from' | 'to') => (
    <input
      className={styles.seconds}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={name === 'from' ? '0.00' : durationSeconds.toFixed(2)}
      value={value}
      onChange={({ target }) => {
        setWrong(false)
        setDrafts({ ...drafts, [name]: target.value })
      }}
      aria-invalid={wrong}
      aria-describedby={wrong ? 'loop-hint' : undefined}
      // Only when both are left: what is typed into one must not move while the other is typed.
      onBlur={({ currentTarget, relatedTarget }) =>
        currentTarget.parentElement?.contains(relatedTarget) || apply()
      }
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  )
  return (
    <div className={styles.loop} title="Or drag over a waveform or a spectrogram">
      <label className="switch">
        <input type="checkbox" checked={region !== undefined} onChange={toggleLoop} />
        Loop
      </label>
      {field('Loop from, seconds', from, 'from')}
      <span>to</span>
      {field('Loop to, seconds', to, 'to')}
      <span>s</span>
      {known && (
        <button
          type="button"
          className="button quiet icon"
          aria-label="Clear the loop"
          onClick={() => {
            setDrafts({})
            setWrong(false)
            loopRegion(undefined)
          }}
        >
          <Icon name="close" />
        </button>
      )}
      {wrong && (
        <span id="loop-hint" role="status" className={styles.wrong}>
          Two times within the {durationSeconds.toFixed(2)} s, the earlier one first.
        </span>
      )}
    </div>
  )
}
