/**
 * A figure of curves over steps or over another named quantity: the plot, a key whose values follow the crosshair, and
 * a table of the numbers for those who cannot see the curves. The arrow keys move the crosshair.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { slug } from '../../../store/file-names.ts'
import { Disclosure } from '../../controls/Disclosure.tsx'
import { curvesSvg } from '../export/curves-svg.ts'
import { SavePicture } from '../export/SavePicture.tsx'
import { formatFigure } from '../figure-texts.ts'
import { useThemeChanges } from '../painting/theme-changes.ts'
import { themeColour } from '../painting/theme-colour.ts'
import styles from './CurveFigure.module.css'
import { type Curve, type CurvePlot, plotCurves } from './curve-plot.ts'

/** Maximum number of table rows: enough to follow a curve, and few enough to read. */
const maxRows = 20

/** Horizontal quantity, if it is not steps. */
export type Across = {
  /** Name of a value, such as "Frequency". */
  readonly name: string
  /** The word "frequency" in "… over frequency". */
  readonly over: string
  readonly text: (value: number) => string
  /** Shorter text of a tick; the default is `text`. */
  readonly tick?: (value: number) => string
}

const acrossSteps: Across = { name: 'Step', over: 'steps', text: String }

type Props = {
  readonly label: string
  /** Horizontal positions, ascending. */
  readonly steps: readonly number[]
  readonly firstStep?: number
  readonly lastStep: number
  /** Pass the same object at every render. */
  readonly across?: Across
  readonly curves: readonly Curve[]
  readonly decimals: number
  readonly unit?: string
  readonly logarithmic?: boolean
  readonly marks?: readonly number[]
  /** Controls of this figure, beside its name. */
  readonly children?: ReactNode
  /** Note under the key. */
  readonly note?: ReactNode
}

export function CurveFigure(props: Props) {
  const {
    label,
    steps,
    firstStep,
    lastStep,
    curves,
    decimals,
    unit = '',
    logarithmic = false,
    marks = [],
  } = props
  const { across = acrossSteps } = props
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<CurvePlot>(undefined)
  const [point, setPoint] = useState<{ readonly index: number; readonly byKey: boolean }>()
  const byKey = useRef(false)
  const hintId = useId()
  const theme = useThemeChanges()
  const latest = useRef({ steps, curves })
  latest.current = { steps, curves }
  // uPlot cannot change these in place; every other change is only new values.
  const shape = JSON.stringify([
    firstStep,
    lastStep,
    logarithmic,
    marks,
    unit,
    curves.map(({ values, ...look }) => look),
  ])

  // biome-ignore lint/correctness/useExhaustiveDependencies: shape covers the options, theme the colours
  useEffect(() => {
    if (!host.current) return
    plot.current = plotCurves(host.current, {
      ...latest.current,
      firstStep,
      lastStep,
      logarithmic,
      marks,
      unit,
      stepText: across.tick ?? across.text,
      onPoint: (index) => setPoint(index === undefined ? undefined : { index, byKey: byKey.current }),
    })
    return () => plot.current?.destroy()
  }, [shape, theme, across])
  useEffect(() => plot.current?.setValues({ steps, curves }), [steps, curves])

  function moveByKey(event: KeyboardEvent): void {
    const stride = event.shiftKey ? 10 : 1
    const moves: Readonly<Record<string, number>> = {
      ArrowLeft: -stride,
      ArrowRight: stride,
      Home: -steps.length,
      End: steps.length,
    }
    const move = moves[event.key]
    if (move === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    byKey.current = true
    plot.current?.moveBy(move)
    byKey.current = false
  }

  const svg = () =>
    curvesSvg({
      title: label,
      across: across.name,
      steps,
      firstStep: firstStep ?? 0,
      lastStep,
      stepText: across.tick ?? across.text,
      curves,
      unit,
      logarithmic,
      colourOf: themeColour,
    })

  const shown = curves.filter(({ faint }) => !faint)
  const index = Math.min(point?.index ?? steps.length - 1, steps.length - 1)
  const valueText = ({ values }: Curve) => {
    const value = values[index]
    return value === undefined || !Number.isFinite(value) ? '–' : `${formatFigure(value, decimals)}${unit}`
  }
  const place = steps.length > 0 ? `${across.name} ${across.text(steps[index])}` : ''
  const readout = `${place}: ${shown.map((curve) => `${curve.label} ${valueText(curve)}`).join(', ')}`
  return (
    <figure aria-label={label} className={styles.figure}>
      <div className={styles.header}>
        <h4>{label}</h4>
        {props.children}
        {steps.length > 0 && <SavePicture what={label} fileName={slug(label)} svg={svg} />}
      </div>
      <div
        className={styles.plot}
        role="application"
        aria-roledescription="plot"
        aria-label={`${label} over ${across.over}`}
        aria-describedby={hintId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the crosshair
        tabIndex={0}
        onKeyDown={moveByKey}
      >
        <div ref={host} className={styles.host} aria-hidden="true" />
        {steps.length === 0 && <p className={styles.nothing}>Nothing to show yet.</p>}
      </div>
      <span id={hintId} hidden>
        Arrow keys move the crosshair; with Shift, by ten.
      </span>
      <figcaption className={styles.caption}>
        <span className={styles.step}>{place}</span>
        {shown.map((curve) => (
          <span key={curve.label} className={styles.key}>
            <span
              className={styles.line}
              data-dashed={curve.dashed ?? false}
              style={{ color: `var(${curve.colour})` }}
            />
            {curve.label} <strong>{valueText(curve)}</strong>
          </span>
        ))}
      </figcaption>
      {props.note}
      <span className="visually-hidden" aria-live="polite">
        {point?.byKey ? readout : ''}
      </span>
      {steps.length > 0 && (
        <Disclosure label={`${label} as a table`}>
          <CurveTable steps={steps} curves={shown} decimals={decimals} unit={unit} across={across} />
        </Disclosure>
      )}
    </figure>
  )
}

type TableProps = Required<Pick<Props, 'steps' | 'curves' | 'decimals' | 'unit' | 'across'>>

function CurveTable({ steps, curves, decimals, unit, across }: TableProps) {
  const stride = Math.max(1, Math.ceil(steps.length / maxRows))
  // Rows are counted from the end, so that the newest one is always included.
  const rows = steps.flatMap((step, index) =>
    (steps.length - 1 - index) % stride === 0 ? [{ step, index }] : [],
  )
  return (
    <div className={styles.scroll}>
      <table className="table numeric">
        <thead>
          <tr>
            <th scope="col">{across.name}</th>
            {curves.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, index }) => (
            <tr key={step}>
              <th scope="row">{across.text(step)}</th>
              {curves.map(({ label, values }) => (
                <td key={label}>
                  {formatFigure(values[index], decimals)}
                  {unit}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
