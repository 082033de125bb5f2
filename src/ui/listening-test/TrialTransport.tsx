/** Where the sound is, pausing it, and the part of it that is repeated; no picture, which could tell one from another. */
import { useEffect, useRef, useState } from 'react'
import type { RunningTest } from '../../store/listening-test/listening-test-state.ts'
import { formatSeconds } from '../figures/ticks.ts'
import { Icon } from '../icons.tsx'
import { usePage } from '../page-context.ts'
import styles from './TrialPanel.module.css'

type Props = { readonly test: RunningTest }

export function TrialTransport({ test }: Props) {
  const { toggle, rewind } = usePage((state) => ({ toggle: state.toggleTestSound, rewind: state.rewindTest }))
  const { playing } = test
  return (
    <div className={styles.transport}>
      <button
        type="button"
        className="button icon"
        aria-label={playing ? 'Pause the test' : 'Go on listening'}
        onClick={() => void toggle()}
      >
        <Icon name={playing ? 'pause' : 'play'} />
      </button>
      <button type="button" className="button icon" aria-label="Listen from the start" onClick={rewind}>
        <Icon name="rewind" />
      </button>
      <Course test={test} />
      <RepeatFields test={test} />
    </div>
  )
}

/** Moves with the sound, at every frame. */
function Course({ test: { playing, durationSeconds, region, trial } }: Props) {
  const position = usePage((state) => state.testPosition)
  const line = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLSpanElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another trial begins at the start
  useEffect(() => {
    let frame = 0
    const show = () => {
      const seconds = position()
      if (line.current) line.current.style.width = `${(100 * seconds) / durationSeconds}%`
      if (text.current) text.current.textContent = formatSeconds(seconds, 1)
      if (playing) frame = requestAnimationFrame(show)
    }
    show()
    return () => cancelAnimationFrame(frame)
  }, [playing, durationSeconds, position, trial])
  const percent = (seconds: number) => `${(100 * seconds) / durationSeconds}%`
  return (
    <div className={styles.course} aria-hidden="true">
      <div className={styles.line}>
        {region && (
          <div
            className={styles.region}
            style={{
              left: percent(region.startSeconds),
              width: percent(region.endSeconds - region.startSeconds),
            }}
          />
        )}
        <div ref={line} className={styles.position} />
      </div>
      <span className={styles.time}>
        <span ref={text}>0.0</span> / {formatSeconds(durationSeconds, 1)} s
      </span>
    </div>
  )
}

function RepeatFields({ test: { durationSeconds, region } }: Props) {
  const loop = usePage((state) => state.loopTest)
  const [drafts, setDrafts] = useState<{ readonly from?: string; readonly to?: string }>({})
  const [wrong, setWrong] = useState(false)
  const from = drafts.from ?? region?.startSeconds.toFixed(2) ?? ''
  const to = drafts.to ?? region?.endSeconds.toFixed(2) ?? ''

  function apply(): void {
    if (drafts.from === undefined && drafts.to === undefined) return
    if (from.trim() === '' && to.trim() === '') {
      clear()
      return
    }
    const startSeconds = from.trim() === '' ? 0 : Number(from)
    const endSeconds = to.trim() === '' ? durationSeconds : Math.min(durationSeconds, Number(to))
    const isRegion = startSeconds >= 0 && endSeconds - startSeconds >= 0.05
    setWrong(!isRegion)
    if (!isRegion) return
    setDrafts({})
    loop({ startSeconds, endSeconds })
  }

  function clear(): void {
    setDrafts({})
    setWrong(false)
    loop(undefined)
  }

  const field = (label: string, value: string, name: 'from' | 'to') => (
    <input
      className={styles.seconds}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={name === 'from' ? '0.00' : durationSeconds.toFixed(2)}
      value={value}
      aria-invalid={wrong}
      aria-describedby={wrong ? 'repeat-hint' : undefined}
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
    <div className={styles.repeat}>
      <span>Repeat</span>
      {field('Repeat from, seconds', from, 'from')}
      <span>to</span>
      {field('Repeat to, seconds', to, 'to')}
      <span>s</span>
      {region && (
        <button type="button" className="button quiet icon" aria-label="Repeat all of it" onClick={clear}>
          <Icon name="close" />
        </button>
      )}
      {wrong && (
        <span id="repeat-hint" role="status" className={styles.wrong}>
          Two times within the {durationSeconds.toFixed(2)} s, the earlier one first.
        </span>
      )}
    </div>
  )
}
