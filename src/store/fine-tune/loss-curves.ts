/** The losses of a session, step by step, as they are drawn: columns of plain numbers, and a moving average of them. */

export type LossCurves = {
  /** Steps done, ascending; not always consecutive, since a session may have been resumed. */
  readonly steps: readonly number[]
  /** By name (`loss`, and each term), one value per step. */
  readonly values: Readonly<Record<string, readonly number[]>>
}

export type LossPoint = { readonly step: number; readonly values: Readonly<Record<string, number>> }

export const noCurves: LossCurves = { steps: [], values: {} }

/** Without the steps after `step`: a session that restarted goes over them again. */
export function curvesUpTo(curves: LossCurves, step: number): LossCurves {
  const firstLater = curves.steps.findIndex((one) => one > step)
  if (firstLater < 0) return curves
  return {
    steps: curves.steps.slice(0, firstLater),
    values: Object.fromEntries(
      Object.entries(curves.values).map(([name, column]) => [name, column.slice(0, firstLater)]),
    ),
  }
}

/** With `points`, in ascending steps, at the end; a name that earlier steps lack is NaN there. */
export function appendPoints(curves: LossCurves, points: readonly LossPoint[]): LossCurves {
  if (points.length === 0) return curves
  const kept = curvesUpTo(curves, points[0].step - 1)
  const names = new Set([...Object.keys(kept.values), ...points.flatMap(({ values }) => Object.keys(values))])
  const missing: readonly number[] = kept.steps.map(() => Number.NaN)
  return {
    steps: [...kept.steps, ...points.map(({ step }) => step)],
    values: Object.fromEntries(
      [...names].map((name) => [
        name,
        [...(kept.values[name] ?? missing), ...points.map(({ values }) => values[name] ?? Number.NaN)],
      ]),
    ),
  }
}

/**
 * Exponential moving average that forgets by `decay` (0 .. 1, exclusive) per step, freed of its start's bias as Adam's
 * moments are. What is not finite is passed over.
 */
export function smoothed(column: readonly number[], decay: number): readonly number[] {
  let sum = 0
  let weight = 0
  return column.map((value) => {
    if (Number.isFinite(value)) {
      sum = decay * sum + (1 - decay) * value
      weight = decay * weight + (1 - decay)
    }
    return weight > 0 ? sum / weight : Number.NaN
  })
}
