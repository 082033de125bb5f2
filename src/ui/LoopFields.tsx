/** The looped region in seconds: what dragging on a waveform sets, by keyboard. */
import { useState } from 'react'
import { Icon } from './icons.tsx'
import styles from './Listening.module.css'
import { usePage } from './page-context.ts'

export function LoopFields({ durationSeconds }: { readonly durationSeconds: number }) {
  const { region, loopRegion } = usePage(({ region, loopRegion }) => ({ region, loopRegion }))
  const [drafts, setDrafts] = useState<{ readonly from?: string; readonly to?: string }>({})
  const from = drafts.from ?? region?.startSeconds.toFixed(2) ?? ''
  const to = drafts.to ?? region?.endSeconds.toFixed(2) ?? ''

  function apply(): void {
    const startSeconds = from.trim() === '' ? 0 : Number(from)
    const endSeconds = to.trim() === '' ? durationSeconds : Number(to)
    if (drafts.from === undefined && drafts.to === undefined) return
    setDrafts({})
    if (startSeconds >= 0 && endSeconds > startSeconds) loopRegion({ startSeconds, endSeconds })
  }

  const field = (label: string, value: string, name: 'from' | 'to') => (
    <input
      className={styles.seconds}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={name === 'from' ? '0.00' : durationSeconds.toFixed(2)}
      value={value}
      onChange={({ target }) => setDrafts({ ...drafts, [name]: target.value })}
      onBlur={apply}
      onKeyDown={({ key }) => key === 'Enter' && apply()}
    />
  )
  return (
    <div className={styles.loop} title="Or drag over a waveform">
      <span>Loop</span>
      {field('Loop from, seconds', from, 'from')}
      <span>to</span>
      {field('Loop to, seconds', to, 'to')}
      <span>s</span>
      {region && (
        <button
          type="button"
          className="button quiet icon"
          aria-label="Clear the loop"
          onClick={() => loopRegion(undefined)}
        >
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
