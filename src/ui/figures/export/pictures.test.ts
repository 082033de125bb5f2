import { expect, test } from 'vitest'
import { curvesSvg } from './curves-svg.ts'
import { spectrogramSvg } from './spectrogram-svg.ts'

const numbers = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].map(([, text]) => Number(text))

const spectrogram = {
  title: 'A <clip> & "name"',
  image: 'data:image/png;base64,AAAA',
  imageSeconds: { startSeconds: 0, endSeconds: 4 },
  shown: { startSeconds: 1, endSeconds: 3 },
  ticks: [
    { position: 0, label: '0' },
    { position: 0.5, label: '4k' },
  ],
  rangeDb: { low: -80, high: 0 },
  scaleColours: ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'],
  ink: 'rgb(0, 0, 0)',
  paper: 'rgb(255, 255, 255)',
}

test('a spectrogram shows its part of the time axis, with the pixels beyond it cut off', () => {
  const svg = spectrogramSvg(spectrogram)
  const [x, width] = [/<image [^>]* x="([^"]+)"/, /<image [^>]* width="([^"]+)"/].map((one) =>
    Number(one.exec(svg)?.[1]),
  )
  const [, left, , plotWidth] = /<clipPath id="plot"><rect x="(\d+)" y="(\d+)" width="(\d+)"/.exec(svg) ?? []
  // Four seconds of pixels on a plot of two seconds, the first of which is off the left edge.
  expect(width).toBe(2 * Number(plotWidth))
  expect(x).toBe(Number(left) - Number(plotWidth) / 2)
  expect(svg).toContain('>4k</text>')
  expect(svg).toContain('>−80</text>')
})

test('text of the user cannot become markup', () => {
  const svg = spectrogramSvg(spectrogram)
  expect(svg).toContain('A &lt;clip&gt; &amp; &quot;name&quot;')
  expect(svg).not.toContain('<clip>')
})

test('curves are lines through the existing values, with a key', () => {
  const svg = curvesSvg({
    title: 'LSD by steps',
    across: 'Steps',
    steps: [0, 1, 2, 3],
    firstStep: 0,
    lastStep: 3,
    stepText: String,
    curves: [
      { label: 'InferGrad', values: [1, 2, Number.NaN, 4], colour: '--infergrad', dotted: true },
      { label: 'WaveGrad', values: [4, 3, 2, 1], colour: '--wavegrad', dashed: true },
    ],
    unit: ' dB',
    logarithmic: false,
    colourOf: (name) => `colour(${name})`,
  })
  const [first] = [...svg.matchAll(/<path d="([^"]+)"/g)].map(([, path]) => path)
  expect(first.match(/[ML]/g)).toEqual(['M', 'L', 'L'])
  expect(first).not.toContain('NaN')
  const heights = numbers(svg, /<circle [^>]*cy="([^"]+)"/g)
  expect(heights[0] - heights[1]).toBeCloseTo((heights[1] - heights[2]) / 2, 1)
  expect(heights[0]).toBeGreaterThan(heights[2])
  expect(svg).toContain('stroke-dasharray="6 4"')
  expect(svg).toContain('>LSD by steps, dB</text>')
  expect(svg).toContain('>WaveGrad</text>')
})
