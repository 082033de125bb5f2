/**
 * A plot of rows on one horizontal axis. Positions are percentages of the width, so that the plot fits any page without
 * being measured and its text keeps its size. Names stand beside the rows, or above them on narrow screens.
 */
import { Fragment, type ReactNode } from 'react'
import styles from './RowChart.module.css'

/** Converts a value to a position on the axis, as an SVG length. */
export type Place = (value: number) => string

export type Row = {
  readonly key: string
  readonly head: ReactNode
  readonly heightPixels: number
  readonly draw: (place: Place, middlePixels: number) => ReactNode
}

type Props = {
  /** Text alternative of the whole plot. */
  readonly text: string
  readonly from: number
  readonly to: number
  readonly ticks: readonly { readonly at: number; readonly text: string; readonly strong?: boolean }[]
  readonly rows: readonly Row[]
  /** Names of ranges, above the rows. */
  readonly zones?: readonly { readonly at: number; readonly text: string }[]
  /** Labels at both ends of the axis. */
  readonly ends?: readonly [low: ReactNode, high: ReactNode]
}

export function RowChart({ text, from, to, ticks, rows, zones, ends }: Props) {
  const place: Place = (value) => `${Number(((100 * (value - from)) / (to - from)).toFixed(3))}%`
  const grid = (
    <div className={styles.grid}>
      {ticks.map(({ at, strong }) => (
        <span key={at} className={styles.line} data-strong={strong} style={{ left: place(at) }} />
      ))}
    </div>
  )
  return (
    <div role="img" aria-label={text} className={styles.frame}>
      <div className={styles.chart} data-heads={rows.some(({ head }) => head)}>
        {zones && (
          <div className={styles.zones}>
            {zones.map((zone) => (
              <span key={zone.at} style={{ left: place(zone.at) }}>
                {zone.text}
              </span>
            ))}
          </div>
        )}
        {rows.map(({ key, head, heightPixels, draw }) => (
          <Fragment key={key}>
            <div className={styles.head}>{head}</div>
            <div className={styles.plot}>
              {grid}
              <svg width="100%" height={heightPixels} className={styles.marks} aria-hidden="true">
                {draw(place, heightPixels / 2)}
              </svg>
            </div>
          </Fragment>
        ))}
        <div className={styles.axis}>
          {ticks.map(({ at, text: tick }) => (
            <span key={at} style={{ left: place(at) }}>
              {tick}
            </span>
          ))}
        </div>
        {ends && (
          <div className={styles.ends}>
            <span>{ends[0]}</span>
            <span>{ends[1]}</span>
          </div>
        )}
      </div>
    </div>
  )
}

/** Moves a mark to a position: the coordinates of a path cannot be percentages. */
export function At({
  x,
  y,
  children,
}: {
  readonly x: string
  readonly y: number
  readonly children: ReactNode
}) {
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden="true">
      {children}
    </svg>
  )
}

/** An interval as a line with end strokes. */
export function Whisker({
  place,
  y,
  low,
  high,
  halfHeightPixels = 5,
}: {
  readonly place: Place
  readonly y: number
  readonly low: number
  readonly high: number
  readonly halfHeightPixels?: number
}) {
  return (
    <g className={styles.whisker}>
      <line x1={place(low)} x2={place(high)} y1={y} y2={y} />
      <line x1={place(low)} x2={place(low)} y1={y - halfHeightPixels} y2={y + halfHeightPixels} />
      <line x1={place(high)} x2={place(high)} y1={y - halfHeightPixels} y2={y + halfHeightPixels} />
    </g>
  )
}
