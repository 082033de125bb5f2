/** Plots one figure over the number of steps, for both models on this page and for those of the authors. */
import { useMemo } from 'react'
import { authorsSystems } from '../../store/comparison/authors-figures.ts'
import { type ComparisonRow, comparedSteps } from '../../store/comparison/comparison-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { type Across, CurveFigure } from '../figures/curves/CurveFigure.tsx'
import { figureTexts } from '../figures/figure-texts.ts'
import { usePage } from '../shell/page-context.ts'
import styles from './Comparison.module.css'

const overSteps: Across = {
  name: 'Steps',
  over: 'the number of steps',
  text: (steps) => String(steps),
}

type Props = { readonly figure: string; readonly onChange: (figure: string) => void }

export function ComparisonPlot({ figure, onChange }: Props) {
  const { rows, takes } = usePage((state) => ({
    rows: state.comparison.rows,
    takes: state.takes.all,
  }))
  const isMeasured = takes.some(
    ({ id, quality }) => quality?.against === 'recording' && rows.some(({ takeId }) => takeId === id),
  )
  // Without a recording, only the mel error against the input mel is available.
  const text = figureTexts.find(({ name }) => name === (isMeasured ? figure : 'melMae')) ?? figureTexts[0]
  const curves = useMemo(() => {
    const figureOf = (row: ComparisonRow | undefined) => {
      const quality = takes.find(({ id }) => id === row?.takeId)?.quality
      if (quality?.against === 'recording') return quality.figures[text.name]
      return quality && text.name === 'melMae' ? quality.melErrorNats : Number.NaN
    }
    const own = (['wavegrad', 'infergrad'] as const).map((system) => ({
      label: systemNames[system],
      values: comparedSteps.map((steps) =>
        figureOf(rows.find((row) => row.system === system && row.steps === steps)),
      ),
      colour: `--${system}` as const,
      dotted: true,
    }))
    // The control has no steps, so its value is the same for every number of steps.
    const control = rows.find(({ system }) => system === 'no-network')
    const flat = control && {
      label: systemNames['no-network'],
      values: comparedSteps.map(() => figureOf(control)),
      colour: '--no-network' as const,
      dotted: false,
    }
    const authors = authorsSystems
      .filter(({ general }) => general)
      .map(({ objective, bySteps }) => ({
        label: `${systemNames[objective]}, authors’`,
        values: comparedSteps.map((steps) => bySteps[steps]?.[text.name] ?? Number.NaN),
        colour: `--${objective}` as const,
        dashed: true,
        dotted: true,
      }))
    return [...own, ...(flat ? [flat] : []), ...authors]
  }, [rows, takes, text])
  return (
    <CurveFigure
      label={`${text.label} by steps`}
      across={overSteps}
      steps={comparedSteps}
      firstStep={2}
      lastStep={6}
      curves={curves}
      decimals={text.decimals}
      unit={text.unit && ` ${text.unit}`}
      note={<p className="small soft">{`${text.explanation} ${capitalised(text.better)} is better.`}</p>}
    >
      {isMeasured && (
        <label className={styles.choice}>
          Figure
          <select className="input" value={text.name} onChange={({ target }) => onChange(target.value)}>
            {figureTexts.map(({ name, label }) => (
              <option key={name} value={name}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
    </CurveFigure>
  )
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1)
}
