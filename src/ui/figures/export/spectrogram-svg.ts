/** A spectrogram as SVG: its pixels as an embedded image, with axes and a colour scale as text and lines. */
import type { TimeRange } from '../../../audio/playback/player.ts'
import type { FrequencyTick } from '../axes/frequency-scale.ts'
import { roundTicks, tickDecimals } from '../axes/ticks.ts'
import type { Range } from '../painting/picture.ts'
import { element, fontSizePixels, label, picture } from './svg-text.ts'

export type SpectrogramPicture = {
  readonly title: string
  /** The pixels as a data URL, and the time that they cover. */
  readonly image: string
  readonly imageSeconds: TimeRange
  /** The part of the time axis to show. */
  readonly shown: TimeRange
  readonly ticks: readonly FrequencyTick[]
  readonly rangeDb: Range
  /** Colours of the scale from the lowest level to the highest, at equal distances. */
  readonly scaleColours: readonly string[]
  readonly ink: string
  readonly paper: string
}

const plot = { left: 52, top: 34, width: 800, height: 300 }
const size = { width: 940, height: 384 }
const tickPixels = 4
const maxTimeTicks = 10

export function spectrogramSvg(given: SpectrogramPicture): string {
  const { title, image, imageSeconds, shown, ticks, ink, paper } = given
  const { left, top, width, height } = plot
  const bottom = top + height
  const perSecond = width / (shown.endSeconds - shown.startSeconds)
  const xOf = (seconds: number) => left + (seconds - shown.startSeconds) * perSecond
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    element('line', { x1, y1, x2, y2, stroke: ink })
  const seconds = roundTicks(shown.startSeconds, shown.endSeconds, maxTimeTicks)
  const decimals = tickDecimals(seconds)
  return picture(
    size.width,
    size.height,
    title,
    { ink, paper },
    [
      label(left, top - 14, title, { 'font-weight': 600, 'font-size': fontSizePixels + 2 }),
      element('clipPath', { id: 'plot' }, element('rect', { x: left, y: top, width, height })),
      element('image', {
        href: image,
        x: xOf(imageSeconds.startSeconds),
        y: top,
        width: (imageSeconds.endSeconds - imageSeconds.startSeconds) * perSecond,
        height,
        preserveAspectRatio: 'none',
        'clip-path': 'url(#plot)',
      }),
      element('rect', { x: left, y: top, width, height, fill: 'none', stroke: ink }),
      ...ticks.map(({ position, label: text }) => {
        const y = bottom - position * height
        return line(left - tickPixels, y, left, y) + label(left - 7, y + 4, text, { 'text-anchor': 'end' })
      }),
      label(12, top + height / 2, 'Frequency, Hz', {
        transform: `rotate(-90 12 ${top + height / 2})`,
        'text-anchor': 'middle',
      }),
      ...seconds.map((second) => {
        const x = xOf(second)
        const text = second.toFixed(decimals)
        return (
          line(x, bottom, x, bottom + tickPixels) + label(x, bottom + 17, text, { 'text-anchor': 'middle' })
        )
      }),
      label(left + width / 2, bottom + 36, 'Time, s', { 'text-anchor': 'middle' }),
      colourScale(given),
    ].join(''),
  )
}

function colourScale({ rangeDb: { low, high }, scaleColours, ink }: SpectrogramPicture): string {
  const x = plot.left + plot.width + 16
  const stops = scaleColours.map((colour, index) =>
    element('stop', { offset: index / (scaleColours.length - 1), 'stop-color': colour }),
  )
  const minus = (value: number) => String(value).replace('-', '−')
  return [
    element('linearGradient', { id: 'levels', x1: 0, y1: 1, x2: 0, y2: 0 }, stops.join('')),
    element('rect', { x, y: plot.top, width: 12, height: plot.height, fill: 'url(#levels)', stroke: ink }),
    label(x + 18, plot.top + 9, minus(high)),
    label(x + 18, plot.top + plot.height, minus(low)),
    label(x + 18, plot.top + plot.height / 2, 'dB'),
  ].join('')
}
