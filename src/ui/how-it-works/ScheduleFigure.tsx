/**
 * Plots the schedules of both models for a number of steps: the remaining signal level and the betas that determine it.
 */

import { useId, useState } from 'react'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import { formatBetas } from '../../store/synthesis/betas.ts'
import { betasFor, modelsOfSize } from '../../store/synthesis/settings.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { Segments } from '../controls/Segments.tsx'
import { levelTicks, PlotGrid } from '../figures/axes/PlotGrid.tsx'
import { usePage } from '../shell/page-context.ts'
import styles from './ScheduleFigure.module.css'

const choices = [
  { value: 'page', label: 'Current settings' },
  { value: '2', label: 'N = 2' },
  { value: '3', label: 'N = 3' },
  { value: '6', label: 'N = 6' },
] as const
type Choice = (typeof choices)[number]['value']

/** Schedules with more steps get only a curve: no dots, and no table. */
const maxInTable = 12
const width = 420
const levelHeight = 150
const betaHeight = 90
const margin = { left: 40, right: 10, top: 12, between: 30, bottom: 8 }
const height = margin.top + levelHeight + margin.between + betaHeight + margin.bottom
const minBeta = 1e-4

type Line = {
  readonly system: 'wavegrad' | 'infergrad'
  readonly betas: readonly number[]
  readonly levels: readonly number[]
}

export function ScheduleFigure() {
  const { settings, models } = usePage((state) => ({
    settings: state.synthesis.settings,
    models: state.models.all,
  }))
  const [choice, setChoice] = useState<Choice>('page')
  const titleId = useId()
  const lines = modelsOfSize(models, settings.size).flatMap((model): readonly Line[] => {
    const betas = choice === 'page' ? betasFor(settings, model, models) : model.schedules[choice]?.betas
    return betas ? [{ system: model.objective, betas, levels: noiseSchedule(betas).levels }] : []
  })
  return (
    <figure className="stack">
      <Segments label="Schedules shown" value={choice} choices={choices} onChange={setChoice} />
      {lines.length === 0 ? (
        <p className="small soft">
          The models have no schedule for this number of steps, or are still loading.
        </p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-labelledby={titleId}
            className={styles.plot}
          >
            <title id={titleId}>
              {`The reverse process from noise on the left to speech on the right. ${lines.map(lineText).join('. ')}.`}
            </title>
            <Levels lines={lines} />
            <Betas lines={lines} />
          </svg>
          <ScheduleTable lines={lines} />
        </>
      )}
    </figure>
  )
}

const lineText = ({ system, betas, levels }: Line) =>
  `${systemNames[system]}: levels ${levels
    .toReversed()
    .slice(0, maxInTable)
    .map((level) => level.toFixed(2))
    .join(', ')}; betas ${formatBetas(betas.toReversed().slice(0, maxInTable))}`

/** Returns the x coordinate of step n, the middle of its share of the width. Step N is on the left. */
const xOf = (n: number, steps: number) =>
  margin.left + ((steps - n + 0.5) / steps) * (width - margin.left - margin.right)

function Levels({ lines }: { readonly lines: readonly Line[] }) {
  const y = (level: number) => margin.top + (1 - level) * levelHeight
  return (
    <g>
      <PlotGrid left={margin.left} right={width - margin.right} ticks={levelTicks(y)} />
      <text x={width - margin.right} y={y(0) - 8} className="plot-text">
        √ᾱ before each step
      </text>
      {lines.map(({ system, levels }) => (
        <g key={system} className="plot-line" style={{ color: `var(--${system})` }}>
          <polyline
            points={levels
              .map((level, index) => `${xOf(index + 1, levels.length)},${y(level)}`)
              .toReversed()
              .concat(`${width - margin.right},${y(1)}`)
              .join(' ')}
          />
          {levels.length <= maxInTable &&
            levels.map((level, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the step that the point shows
              <circle key={index} cx={xOf(index + 1, levels.length)} cy={y(level)} r="3.5" />
            ))}
        </g>
      ))}
    </g>
  )
}

function Betas({ lines }: { readonly lines: readonly Line[] }) {
  const bottom = height - margin.bottom
  const share = (beta: number) => Math.max(0.02, 1 - Math.log(Math.max(beta, minBeta)) / Math.log(minBeta))
  const ticks = [1e-4, 1e-2, 1].map((beta) => ({
    y: bottom - (1 - Math.log(beta) / Math.log(minBeta)) * betaHeight,
    label: beta === 1e-4 ? '10⁻⁴' : String(beta),
  }))
  const barWidth = (steps: number) =>
    Math.max(1, Math.min(16, (0.3 * (width - margin.left - margin.right)) / steps))
  return (
    <g>
      <PlotGrid left={margin.left} right={width - margin.right} ticks={ticks} />
      <text x={width - margin.right} y={bottom - betaHeight - 8} className="plot-text">
        β of each step
      </text>
      {lines.map(({ system, betas }, place) =>
        betas.map((beta, index) => {
          const wide = barWidth(betas.length)
          const tall = share(beta) * betaHeight
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: the index is the step that the bar shows
              key={`${system}-${index + 1}`}
              x={xOf(index + 1, betas.length) + (place - lines.length / 2) * (wide + 1)}
              y={bottom - tall}
              width={wide}
              height={tall}
              style={{ fill: `var(--${system})` }}
            />
          )
        }),
      )}
    </g>
  )
}

function ScheduleTable({ lines }: { readonly lines: readonly Line[] }) {
  const steps = Math.max(...lines.map(({ betas }) => betas.length))
  if (steps > maxInTable) return null
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Betas and noise levels of each step</caption>
      <thead>
        <tr>
          <th scope="col">n</th>
          {lines.map(({ system }) => (
            <th key={system} scope="col" style={{ color: `var(--${system})` }}>
              {systemNames[system]} <span>β, √ᾱ</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: steps }, (_, index) => steps - index).map((n) => (
          <tr key={n}>
            <th scope="row">{n}</th>
            {lines.map(({ system, betas, levels }) => (
              <td key={system}>
                {betas[n - 1] !== undefined && (
                  <>
                    {formatBetas([betas[n - 1]])} <span>{levels[n - 1].toFixed(2)}</span>
                  </>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
