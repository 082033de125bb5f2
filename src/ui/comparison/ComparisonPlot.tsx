/** Plots one figure over the number of steps, for both models on this page and for those of the authors. */
import { useMemo, useState } from 'react'
import { authorsRows } from '../../store/comparison/authors-figures.ts'
import { comparedSteps } from '../../store/comparison/comparison-state.ts'
import type { ColumnFigures } from '../../store/comparison/grid.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { SelectField } from '../controls/SelectField.tsx'
import { type Across, CurveFigure } from '../figures/curves/CurveFigure.tsx'
import { betterText, figureTexts } from '../figures/figure-texts.ts'
import { measuredTexts } from './FigureTable.tsx'

const overSteps: Across = {
  name: 'Steps',
  over: 'the number of steps',
  text: (steps) => String(steps),
}

const objectives = ['wavegrad', 'infergrad'] as const

export function ComparisonPlot({ rows }: { readonly rows: readonly ColumnFigures[] }) {
  const [asked, setAsked] = useState<string>()
  const texts = measuredTexts(rows)
  const text = texts.find(({ name }) => name === asked) ?? texts[0] ?? figureTexts[0]
  const curves = useMemo(() => {
    const figureOf = (system: string, steps: number) =>
      rows.find(({ column }) => column.system === system && column.steps === steps)?.figures[text.name] ??
      Number.NaN
    const own = objectives.map((system) => ({
      label: systemNames[system],
      values: comparedSteps.map((steps) => figureOf(system, steps)),
      colour: `--${system}` as const,
      dotted: true,
    }))
    // The control has no steps, so its value is the same for every number of steps.
    const control = figureOf('no-network', 0)
    const flat = {
      label: systemNames['no-network'],
      values: comparedSteps.map(() => control),
      colour: '--no-network' as const,
      dotted: false,
    }
    const authorsFigureOf = (objective: string, steps: number) =>
      authorsRows.find((row) => row.general && row.objective === objective && row.steps === steps)?.figures[
        text.name
      ] ?? Number.NaN
    const authors = objectives.map((objective) => ({
      label: `${systemNames[objective]}, authors’`,
      values: comparedSteps.map((steps) => authorsFigureOf(objective, steps)),
      colour: `--${objective}` as const,
      dashed: true,
      dotted: true,
    }))
    const isKnown = ({ values }: { readonly values: readonly number[] }) => values.some(Number.isFinite)
    return [...own, flat, ...authors].filter(isKnown)
  }, [rows, text])
  return (
    <CurveFigure
      label={`${text.label} by steps`}
      across={overSteps}
      steps={comparedSteps}
      firstStep={1}
      lastStep={6}
      curves={curves}
      decimals={text.decimals}
      unit={text.unit && ` ${text.unit}`}
      note={<p className="small soft">{`${text.explanation} ${betterText(text)}`}</p>}
    >
      {texts.length > 1 && (
        <SelectField
          inline
          label="Figure"
          value={text.name}
          choices={texts.map(({ name, label }) => ({ value: name, label }))}
          onChange={setAsked}
        />
      )}
    </CurveFigure>
  )
}
