/**
 * Draws curves over steps with uPlot in the page's colours. This module is loaded only when there is something to draw.
 */
import './valid-language.ts'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { decadeTicks, paddedRange, roundTicks, tickDecimals } from '../axes/ticks.ts'
import { themeColour } from '../painting/theme-colour.ts'

export type Curve = {
  readonly label: string
  /** One value per step. The line joins the values before and after one that is not finite. */
  readonly values: readonly number[]
  /** Name of a custom property of the page's theme. */
  readonly colour: `--${string}`
  /** Whether it is drawn thin and light, behind its own average. */
  readonly faint?: boolean
  readonly dashed?: boolean
  /** Whether every step that has a value gets a dot. */
  readonly dotted?: boolean
}

export type CurvePlotOptions = {
  readonly steps: readonly number[]
  /** Start of the axis; the default is 0. */
  readonly firstStep?: number
  /** End of the axis, fixed so that the axis does not change at every step. */
  readonly lastStep: number
  readonly curves: readonly Curve[]
  readonly logarithmic: boolean
  /** Steps to mark, such as restarts. */
  readonly marks: readonly number[]
  readonly unit: string
  /** Labels of the horizontal ticks. */
  readonly stepText: (step: number) => string
  /** Receives the index into `steps` under the crosshair, or undefined. */
  readonly onPoint: (index: number | undefined) => void
}

export type CurvePlot = {
  /** Replaces the values of the same curves, which may have grown longer. */
  readonly setValues: (options: Pick<CurvePlotOptions, 'steps' | 'curves'>) => void
  /** Moves the crosshair by this many points, or to the last point if there is no crosshair yet. */
  readonly moveBy: (points: number) => void
  readonly destroy: () => void
}

const font = '12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif'

/** Minimum width of the labels, so that plots above each other stay aligned if their labels are short. */
const minLabelPixels = 48

function aligned(steps: readonly number[], curves: readonly Curve[]): uPlot.AlignedData {
  return [
    [...steps],
    ...curves.map(({ values }) => values.map((value) => (Number.isFinite(value) ? value : null))),
  ]
}

/**
 * Draws a plot that fills `host` and follows its width. It reads the colours once, so the caller must draw again when
 * the theme changes.
 */
export function plotCurves(host: HTMLElement, options: CurvePlotOptions): CurvePlot {
  const { curves, firstStep = 0, lastStep, logarithmic, marks, unit, stepText, onPoint } = options
  const axis: uPlot.Axis = {
    stroke: themeColour('--ink-soft'),
    font,
    grid: { stroke: themeColour('--line'), width: 1 },
    ticks: { show: false },
  }
  const plot = new uPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      legend: { show: false },
      padding: [8, 16, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      scales: {
        x: { time: false, range: () => [firstStep, Math.max(firstStep + 1, lastStep)] },
        y: {
          distr: logarithmic ? 3 : 1,
          range: (_, low, high) => paddedRange(low, high, logarithmic),
        },
      },
      axes: [
        {
          ...axis,
          size: 28,
          // Ticks never lie between two steps.
          splits: (_, __, low, high) => [...roundTicks(low, high, Math.min(6, high - low))],
          values: (_, ticks) => ticks.map(stepText),
        },
        {
          ...axis,
          size: (self, texts) => labelWidth(self, texts),
          splits: (_, __, low, high) => [
            ...(logarithmic ? decadeTicks(low, high) : roundTicks(low, high, 5)),
          ],
          values: (_, ticks) =>
            ticks.map((tick) => `${logarithmic ? tick : tick.toFixed(tickDecimals(ticks))}${unit}`),
          filter: (_, ticks) => ticks,
        },
      ],
      series: [
        {},
        ...curves.map(
          (curve): uPlot.Series => ({
            label: curve.label,
            stroke: themeColour(curve.colour),
            width: curve.faint ? 1 : 1.75,
            alpha: curve.faint ? 0.3 : 1,
            dash: curve.dashed ? [6, 4] : undefined,
            spanGaps: true,
            points: { show: curve.dotted ?? false, size: 5, fill: themeColour(curve.colour) },
          }),
        ),
      ],
      hooks: {
        setCursor: [({ cursor }) => onPoint(cursor.idx ?? undefined)],
        draw: [(self) => drawMarks(self, marks, themeColour('--caution'))],
      },
    },
    aligned(options.steps, curves),
    host,
  )
  const observer = new ResizeObserver(() =>
    plot.setSize({ width: host.clientWidth, height: host.clientHeight }),
  )
  observer.observe(host)
  return {
    setValues: ({ steps, curves: changed }) => plot.setData(aligned(steps, changed)),
    moveBy(points) {
      const steps = plot.data[0]
      if (steps.length === 0) return
      const from = plot.cursor.idx
      const to = from == null ? steps.length - 1 : Math.min(steps.length - 1, Math.max(0, from + points))
      plot.setCursor({ left: plot.valToPos(steps[to], 'x'), top: 0 })
    },
    destroy() {
      observer.disconnect()
      plot.destroy()
    },
  }
}

/** Returns the width of the widest label of the vertical axis. */
function labelWidth({ ctx }: uPlot, texts: readonly string[] | null): number {
  ctx.save()
  ctx.font = font
  const widest = Math.max(0, ...(texts ?? []).map((text) => ctx.measureText(text).width))
  ctx.restore()
  return Math.max(minLabelPixels, Math.ceil(widest) + 12)
}

function drawMarks({ ctx, bbox, valToPos }: uPlot, marks: readonly number[], colour: string): void {
  ctx.save()
  ctx.strokeStyle = colour
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.lineWidth = devicePixelRatio
  ctx.beginPath()
  for (const mark of marks) {
    const x = valToPos(mark, 'x', true)
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
  }
  ctx.stroke()
  ctx.restore()
}
