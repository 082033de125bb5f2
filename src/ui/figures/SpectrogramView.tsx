/**
 * A picture of levels with axes in seconds and Hz, and a crosshair that is moved by pointer or arrow keys. The readout is
 * shown at once and announced politely when keys moved it.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useId, useState } from 'react'
import { Canvas, type Draw } from './Canvas.tsx'
import styles from './SpectrogramView.module.css'
import { formatSeconds, roundTicks, tickDecimals } from './ticks.ts'

/** `position` from 0 (bottom) to 1 (top). */
export type FrequencyTick = { readonly position: number; readonly label: string }

type Cell = { readonly frame: number; readonly bin: number }

type Props = {
  readonly label: string
  readonly picture: HTMLCanvasElement | undefined
  readonly frames: number
  readonly bins: number
  readonly durationSeconds: number
  readonly frequencyTicks: readonly FrequencyTick[]
  /** One line on a cell: time, frequency, level. */
  readonly readoutAt: (frame: number, bin: number) => string
  readonly className?: string
  /** Over the picture, such as a playhead. */
  readonly children?: ReactNode
}

export function SpectrogramView(props: Props) {
  const { label, picture, frames, bins, durationSeconds, frequencyTicks, readoutAt, children } = props
  const [chosen, setChosen] = useState<Cell & { readonly byKey: boolean }>()
  const hintId = useId()
  const draw = useCallback<Draw>(
    (context, width, height) => {
      if (!picture) return
      context.imageSmoothingEnabled = true
      context.imageSmoothingQuality = 'medium'
      context.drawImage(picture, 0, 0, width, height)
    },
    [picture],
  )
  // A crosshair that was set on a longer input stays inside this one.
  const cell = chosen && {
    frame: Math.min(chosen.frame, frames - 1),
    bin: Math.min(chosen.bin, bins - 1),
  }

  function pointTo(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect()
    const across = (event.clientX - box.left) / box.width
    const up = 1 - (event.clientY - box.top) / box.height
    setChosen({
      frame: Math.min(frames - 1, Math.max(0, Math.floor(across * frames))),
      bin: Math.min(bins - 1, Math.max(0, Math.floor(up * bins))),
      byKey: false,
    })
  }

  function moveByKey(event: KeyboardEvent): void {
    const stride = event.shiftKey ? 10 : 1
    const from = cell ?? { frame: 0, bin: Math.floor(bins / 3) }
    const moves: Readonly<Record<string, Cell>> = {
      ArrowRight: { ...from, frame: cell ? from.frame + stride : 0 },
      ArrowLeft: { ...from, frame: from.frame - stride },
      ArrowUp: { ...from, bin: from.bin + stride },
      ArrowDown: { ...from, bin: from.bin - stride },
      Home: { ...from, frame: 0 },
      End: { ...from, frame: frames - 1 },
    }
    if (event.key === 'Escape') setChosen(undefined)
    const to = moves[event.key]
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    setChosen({
      frame: Math.min(frames - 1, Math.max(0, to.frame)),
      bin: Math.min(bins - 1, Math.max(0, to.bin)),
      byKey: true,
    })
  }

  const readout = cell && frames > 0 ? readoutAt(cell.frame, cell.bin) : undefined
  const timeTicks = roundTicks(0, durationSeconds, 8)
  return (
    <div className={`${styles.view} ${props.className ?? ''}`}>
      <div className={styles.frequencies} aria-hidden="true">
        {frequencyTicks.map(({ position, label: text }) => (
          <span key={text} style={{ bottom: `${position * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      <div
        className={styles.plot}
        role="application"
        aria-roledescription="spectrogram"
        aria-label={label}
        aria-describedby={hintId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
        tabIndex={0}
        onPointerMove={pointTo}
        onPointerDown={pointTo}
        onPointerLeave={() => setChosen(undefined)}
        onKeyDown={moveByKey}
      >
        <Canvas draw={draw} className={styles.canvas} />
        {children}
        {cell && (
          <>
            <div className={styles.across} style={{ bottom: `${((cell.bin + 0.5) / bins) * 100}%` }} />
            <div className={styles.along} style={{ left: `${((cell.frame + 0.5) / frames) * 100}%` }} />
          </>
        )}
        {cell && readout && (
          <div className={styles.readout} data-side={cell.frame > frames / 2 ? 'left' : 'right'}>
            {readout}
          </div>
        )}
      </div>
      <span id={hintId} hidden>
        Arrow keys move the crosshair; with Shift, by ten.
      </span>
      <div className={styles.seconds} aria-hidden="true">
        {timeTicks.map((tick) => (
          <span key={tick} style={{ left: `${(tick / durationSeconds) * 100}%` }}>
            {formatSeconds(tick, tickDecimals(timeTicks))}
          </span>
        ))}
      </div>
      <span className="visually-hidden" aria-live="polite">
        {chosen?.byKey ? readout : ''}
      </span>
    </div>
  )
}
