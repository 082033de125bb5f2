/** Plots the losses of a session's steps and the errors on held-out speech. */
import { useMemo, useState } from 'react'
import { smoothed } from '../../store/fine-tune/loss-curves.ts'
import type { TrainingSession } from '../../store/fine-tune/training-state.ts'
import { SelectField } from '../controls/SelectField.tsx'
import { CurveFigure } from '../figures/curves/CurveFigure.tsx'
import type { Curve } from '../figures/curves/curve-plot.ts'
import styles from './TrainingFigures.module.css'
import { heldOutTexts, termTexts } from './training-texts.ts'

/** The values are decays of the running mean. */
const smoothings = [
  { label: 'none', value: 0 },
  { label: 'some', value: 0.8 },
  { label: 'much', value: 0.95 },
]

const termColours: Readonly<Record<string, `--${string}`>> = {
  loss: '--ink',
  stft: '--wavegrad',
  mel: '--griffin-lim',
  wavegrad: '--recording',
}

export default function TrainingFigures({ session }: { readonly session: TrainingSession }) {
  return (
    <div className={styles.figures}>
      <LossFigure session={session} />
      <HeldOutFigure session={session} />
    </div>
  )
}

function LossFigure({ session: { curves, steps, restarts } }: { readonly session: TrainingSession }) {
  const [decay, setDecay] = useState<number>(smoothings[1].value)
  const [logarithmic, setLogarithmic] = useState(false)
  const drawn = useMemo(() => {
    const columns = Object.entries(curves.values)
    // A single term of weight 1 equals the total loss.
    const named = columns.length === 2 ? columns.slice(0, 1) : columns
    return named.flatMap(([name, values]): readonly Curve[] => {
      const look = { label: termTexts[name] ?? name, colour: termColours[name] ?? '--infergrad' }
      const average = {
        ...look,
        values: decay > 0 ? smoothed(values, decay) : values,
        dashed: name !== 'loss',
      }
      return decay > 0 ? [{ ...look, label: `${look.label}, raw`, values, faint: true }, average] : [average]
    })
  }, [curves, decay])
  return (
    <CurveFigure
      label="Loss"
      steps={curves.steps}
      lastStep={steps}
      curves={drawn}
      decimals={3}
      logarithmic={logarithmic}
      marks={restarts.map(({ step }) => step)}
      note={
        restarts.length > 0 && (
          <p className="small soft">Dashed line across: begun again from a checkpoint.</p>
        )
      }
    >
      <SelectField inline label="Smoothing" value={decay} choices={smoothings} onChange={setDecay} />
      <label className={`switch ${styles.log}`}>
        <input
          type="checkbox"
          checked={logarithmic}
          onChange={({ target }) => setLogarithmic(target.checked)}
        />
        Log axis
      </label>
    </CurveFigure>
  )
}

const heldOutColours = ['--infergrad', '--griffin-lim', '--wavegrad'] as const

/** Plots errors in percent of their initial values, so that three figures with different units share one axis. */
function HeldOutFigure({ session: { evaluations, steps } }: { readonly session: TrainingSession }) {
  const drawn = useMemo(() => {
    const before = evaluations[0]?.figures
    return heldOutTexts.map(
      ({ name, label }, index): Curve => ({
        label,
        values: evaluations.map(({ figures }) =>
          before ? (100 * figures[name]) / before[name] : Number.NaN,
        ),
        colour: heldOutColours[index],
        dashed: index > 0,
        dotted: true,
      }),
    )
  }, [evaluations])
  const at = useMemo(() => evaluations.map(({ step }) => step), [evaluations])
  return (
    <CurveFigure label="Held-out error" steps={at} lastStep={steps} curves={drawn} decimals={0} unit=" %">
      <span className="small soft">relative to before; lower is better</span>
    </CurveFigure>
  )
}
