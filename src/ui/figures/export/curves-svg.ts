/** Curves over steps, or over another quantity, as SVG with axes and a key. */

import { decadeTicks, paddedRange, roundTicks, tickDecimals } from '../axes/ticks.ts'
import type { Curve } from '../curves/curve-plot.ts'
import { element, fontSizePixels, label, picture } from './svg-text.ts'

export type CurvesPicture = {
  readonly title: string
  readonly across: string
  readonly steps: readonly number[]
  readonly firstStep: number
  readonly lastStep: number
  readonly stepText: (step: number) => string
  readonly curves: readonly Curve[]
  readonly unit: string
  readonly logarithmic: boolean
  /** Resolves the name of a custom property of the theme to a colour. */
  readonly colourOf: (name: `--${string}`) => string
}

const plot = { left: 64, top: 34, width: 620, height: 300 }
const keyPixels = 20
const maxTicks = 8
const dotPixels = 3

export function curvesSvg(given: CurvesPicture): string {
  const { title, across, steps, firstStep, lastStep, curves, unit, logarithmic, colourOf } = given
  const { left, top, width, height } = plot
  const ink = colourOf('--ink')
  const bottom = top + height
  const values = curves.flatMap((curve) => curve.values.filter(Number.isFinite))
  const [low, high] = paddedRange(
    values.length > 0 ? Math.min(...values) : null,
    values.length > 0 ? Math.max(...values) : null,
    logarithmic,
  )
  const bend = logarithmic ? Math.log : (value: number) => value
  const xOf = (step: number) => left + ((step - firstStep) / (lastStep - firstStep || 1)) * width
  const yOf = (value: number) => bottom - ((bend(value) - bend(low)) / (bend(high) - bend(low))) * height
  const valueTicks = logarithmic ? decadeTicks(low, high) : roundTicks(low, high, maxTicks)
  const decimals = tickDecimals(valueTicks)
  const valueText = (tick: number) => (logarithmic ? String(tick) : tick.toFixed(decimals)).replace('-', '−')
  const grid = colourOf('--line')
  const shown = curves.filter(({ faint }) => !faint)
  return picture(
    left + width + 20,
    bottom + 52 + keyPixels * Math.ceil(shown.length / 2),
    title,
    { ink, paper: colourOf('--surface') },
    [
      label(left, top - 14, title + (unit && `, ${unit.trim()}`), {
        'font-weight': 600,
        'font-size': fontSizePixels + 2,
      }),
      ...valueTicks.map(
        (tick) =>
          element('line', { x1: left, x2: left + width, y1: yOf(tick), y2: yOf(tick), stroke: grid }) +
          label(left - 7, yOf(tick) + 4, valueText(tick), { 'text-anchor': 'end' }),
      ),
      ...roundTicks(firstStep, lastStep, maxTicks).map((tick) =>
        label(xOf(tick), bottom + 17, given.stepText(tick), { 'text-anchor': 'middle' }),
      ),
      element('rect', { x: left, y: top, width, height, fill: 'none', stroke: ink }),
      ...curves.map((curve) => curveLine(curve, steps, xOf, yOf, colourOf)),
      label(left + width / 2, bottom + 36, across, { 'text-anchor': 'middle' }),
      ...shown.map((curve, index) => {
        const x = left + (index % 2) * (width / 2)
        const y = bottom + 58 + keyPixels * Math.floor(index / 2)
        const stroke = { stroke: colourOf(curve.colour), 'stroke-width': 2, ...dashes(curve) }
        return (
          element('line', { x1: x, x2: x + 24, y1: y - 4, y2: y - 4, ...stroke }) +
          label(x + 32, y, curve.label)
        )
      }),
    ].join(''),
  )
}

const dashes = ({ dashed }: Curve): Record<string, string> => (dashed ? { 'stroke-dasharray': '6 4' } : {})

/** The line joins the values before and after one that is not finite, as on the page. */
function curveLine(
  curve: Curve,
  steps: readonly number[],
  xOf: (step: number) => number,
  yOf: (value: number) => number,
  colourOf: CurvesPicture['colourOf'],
): string {
  const colour = colourOf(curve.colour)
  let path = ''
  let dots = ''
  for (const [index, step] of steps.entries()) {
    const value = curve.values[index]
    if (!Number.isFinite(value)) continue
    path += `${path ? 'L' : 'M'}${xOf(step).toFixed(1)} ${yOf(value).toFixed(1)}`
    if (curve.dotted) dots += element('circle', { cx: xOf(step), cy: yOf(value), r: dotPixels, fill: colour })
  }
  const faint: Record<string, number> = curve.faint ? { opacity: 0.35 } : {}
  return (
    element('path', {
      d: path,
      fill: 'none',
      stroke: colour,
      'stroke-width': 2,
      ...dashes(curve),
      ...faint,
    }) + dots
  )
}
