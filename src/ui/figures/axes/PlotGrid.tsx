/** Horizontal lines of an SVG plot, with their labels on the left. */
type Props = {
  /** Ends of the lines, in the units of the plot. */
  readonly left: number
  readonly right: number
  readonly ticks: readonly { readonly y: number; readonly label: string }[]
}

export function PlotGrid({ left, right, ticks }: Props) {
  return ticks.map(({ y, label }) => (
    <g key={label}>
      <line x1={left} x2={right} y1={y} y2={y} className="plot-grid" />
      <text x={left - 6} y={y} className="plot-text" dominantBaseline="central">
        {label}
      </text>
    </g>
  ))
}

/** Returns ticks at the noise levels 0, 0.5 and 1; `y` returns the coordinate of a level. */
export function levelTicks(y: (level: number) => number) {
  return [0, 0.5, 1].map((level) => ({ y: y(level), label: String(level) }))
}
