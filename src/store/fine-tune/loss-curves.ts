/** The losses of a session by step, for plotting: columns of plain numbers, and their moving average. */

export type LossCurves = {
  /** Finished steps, ascending; not always consecutive, since a session may have been resumed. */
  readonly steps: readonly number[]
  /** Columns by name (`loss`, and each term), one value per step. */
  readonly values: Readonly<Record<string, readonly number[]>>
}

export type LossPoint = { readonly step: number; readonly values: Readonly<Record<string, number>> }

export const noCurves: LossCurves = { steps: [], values: {} }

/** Returns the curves without the steps after `step`, which a restarted session repeats. */
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

/** Returns the curves with `points`, in ascending steps, appended; a name that earlier steps lack is NaN there. */
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
 * Exponential moving average with the given `decay` per step (between 0 and 1, both exclusive), with the bias
 * correction of Adam's moments. Values that are not finite are skipped.
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
