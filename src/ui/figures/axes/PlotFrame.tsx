/**
 * The frame of a plot over time: the ticks of its vertical axis, the seconds below, and the plot, which takes the focus
 * because keys move its crosshair.
 */
import { type ComponentProps, useId } from 'react'
import type { TimeRange } from '../../../audio/playback/player.ts'
import { pictureKeys } from '../use-zoom.ts'
import styles from './PlotFrame.module.css'
import { SecondsAxis } from './SecondsAxis.tsx'

/** All other properties, such as `ref` and the handlers of the pointer and the keys, are those of the plot. */
type Props = Omit<ComponentProps<'div'>, 'className' | 'role' | 'tabIndex'> & {
  readonly label: string
  /** Kind of plot that screen readers announce. */
  readonly kind: 'spectrogram' | 'plot'
  /** Ticks of the vertical axis, at positions from 0 (bottom) to 1 (top). */
  readonly ticks: readonly { readonly position: number; readonly label: string }[]
  readonly shown: TimeRange
  readonly className?: string
  readonly plotClass: string
}

export function PlotFrame({ label, kind, ticks, shown, className = '', plotClass, ...plot }: Props) {
  const hintId = useId()
  return (
    <div className={`${styles.frame} ${className}`}>
      <div className={styles.ticks} aria-hidden="true">
        {ticks.map(({ position, label: text }) => (
          <span key={text} style={{ bottom: `${position * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      <div
        {...plot}
        className={`${styles.plot} ${plotClass}`}
        role="application"
        aria-roledescription={kind}
        aria-label={label}
        aria-describedby={hintId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
        tabIndex={0}
      />
      <span id={hintId} hidden>
        {pictureKeys}
      </span>
      <SecondsAxis shown={shown} />
    </div>
  )
}
