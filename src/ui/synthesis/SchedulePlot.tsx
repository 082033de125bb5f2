/** Plots the noise levels of the chosen schedules, from pure noise on the left to speech on the right. */

import { useId } from 'react'
import { noiseSchedule } from '../../diffusion/schedule.ts'
import { formatBetas } from '../../store/synthesis/betas.ts'
import { betasFor, modelsOfSize } from '../../store/synthesis/settings.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { levelTicks, PlotGrid } from '../figures/axes/PlotGrid.tsx'
import { usePage } from '../shell/page-context.ts'
import styles from './SchedulePlot.module.css'

const width = 300
const height = 84
const margin = { left: 30, right: 8, top: 8, bottom: 6 }

export function SchedulePlot() {
  const { settings, models } = usePage((state) => ({
    settings: state.synthesis.settings,
    models: state.models.all,
  }))
  const titleId = useId()
  const lines = modelsOfSize(models, settings.size).flatMap((model) => {
    const betas = betasFor(settings, model, models)
    return betas
      ? [{ system: model.objective, betas, levels: [...noiseSchedule(betas).levels.toReversed(), 1] }]
      : []
  })
  if (lines.length === 0) return null
  const common = settings.steps === 'custom' || settings.scheduleMode === 'shared' ? lines.slice(0, 1) : lines
  const x = (step: number, steps: number) =>
    margin.left + (step / steps) * (width - margin.left - margin.right)
  const y = (level: number) => margin.top + (1 - level) * (height - margin.top - margin.bottom)
  const summary = common.map(
    ({ system, levels }) =>
      `${common.length > 1 ? systemNames[system] : 'Both'}: ${levels.map((level) => level.toFixed(2)).join(', ')}`,
  )
  return (
    <figure>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={titleId} className={styles.plot}>
        <title id={titleId}>{`Noise levels after each step, 1 is clean. ${summary.join('. ')}`}</title>
        <PlotGrid left={margin.left} right={width - margin.right} ticks={levelTicks(y)} />
        <text x={width - margin.right} y={height - 16} className="plot-text">
          noise level √ᾱ, from noise to speech
        </text>
        {common.map(({ system, levels }) => (
          <g
            key={system}
            className="plot-line"
            style={{ color: common.length > 1 ? `var(--${system})` : 'var(--ink)' }}
          >
            <polyline
              points={levels.map((level, step) => `${x(step, levels.length - 1)},${y(level)}`).join(' ')}
            />
            {levels.length <= 12 &&
              levels.map((level, step) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the step that the point shows
                <circle key={step} cx={x(step, levels.length - 1)} cy={y(level)} r="2.5" />
              ))}
          </g>
        ))}
      </svg>
      <figcaption className="small soft">
        {common.length > 1 ? (
          common.map(({ system, betas }) => (
            <span key={system} className={styles.key} style={{ color: `var(--${system})` }}>
              {systemNames[system]} β {formatBetas(betas)}
            </span>
          ))
        ) : (
          <span className={styles.key}>
            Both β {formatBetas(common[0].betas.slice(0, 12))}
            {common[0].betas.length > 12 && ', …'}
          </span>
        )}
      </figcaption>
    </figure>
  )
}
