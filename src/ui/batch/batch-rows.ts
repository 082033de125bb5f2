/** Computes the rows of the batch table: one figure at a time, sorted, with the means in the last row. */
import type { BatchItem, BatchState, BatchSystem } from '../../store/batch/batch-state.ts'
import { type FigureText, figureTexts } from '../figures/figure-texts.ts'

export type FigureChoice = FigureText['name'] | 'realTimeFactor' | 'loudnessLufs'

type FigureOption = {
  readonly value: FigureChoice
  readonly label: string
  readonly decimals: number
  readonly better?: 'lower' | 'higher' | 'nearer to 0'
}

export const figureOptions: readonly FigureOption[] = [
  ...figureTexts.map(({ name, label, unit, decimals, better }) => ({
    value: name,
    label: unit ? `${label}, ${unit}` : label,
    decimals,
    better,
  })),
  { value: 'realTimeFactor', label: 'Real-time factor', decimals: 2, better: 'lower' },
  { value: 'loudnessLufs', label: 'Loudness, LUFS', decimals: 1 },
]

/**
 * Returns one figure of a system's output. A mel has no recording to measure against, so its mel error refers to the
 * input mel.
 */
export function figureOf(item: BatchItem, system: BatchSystem, figure: FigureChoice): number | undefined {
  const result = item.outputs.find((output) => output.system === system)?.result
  if (!result) return undefined
  if (figure === 'realTimeFactor') return result.making.realTimeFactor
  if (figure === 'loudnessLufs') return result.loudnessLufs
  const { quality } = result
  if (quality?.against === 'recording') return quality.figures[figure]
  return figure === 'melMae' ? quality?.melErrorNats : undefined
}

/** Returns whether the figure can only be measured against a recording. */
export function needsRecording(figure: FigureChoice): boolean {
  return figure !== 'melMae' && figureTexts.some(({ name }) => name === figure)
}

/**
 * Returns the most informative figure: the fine structure if there are recordings, and for mels the only figure
 * available.
 */
export function usualFigure(items: readonly BatchItem[]): FigureChoice {
  return items.some(({ kind }) => kind === 'audio') ? 'mrstft' : 'melMae'
}

export type SortKey = 'name' | 'kind' | 'length' | 'state' | BatchSystem
export type Sorting = { readonly key: SortKey; readonly descending: boolean }

const stateOrder: readonly BatchItem['state'][] = ['working', 'reading', 'waiting', 'refused', 'done']
const compareNames = new Intl.Collator('en', { numeric: true }).compare

/**
 * Sorts the rows. Rows without a value in the sorted column come last in either direction; without a sorting, rows keep
 * the order in which they were added.
 */
export function sorted(
  items: readonly BatchItem[],
  sorting: Sorting | undefined,
  figure: FigureChoice,
): readonly BatchItem[] {
  if (!sorting) return items
  const { key, descending } = sorting
  const direction = descending ? -1 : 1
  const sortValue = (item: BatchItem): string | number | undefined => {
    switch (key) {
      case 'name':
        return item.name
      case 'kind':
        return item.kind
      case 'length':
        return item.durationSeconds
      case 'state':
        return stateOrder.indexOf(item.state)
      default:
        return figureOf(item, key, figure)
    }
  }
  return items.toSorted((a, b) => {
    const [one, other] = [sortValue(a), sortValue(b)]
    const [hasNone, otherHasNone] = [isMissing(one), isMissing(other)]
    if (hasNone || otherHasNone) return Number(hasNone) - Number(otherHasNone)
    const order =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : compareNames(String(one), String(other))
    return direction * order
  })
}

const isMissing = (value: string | number | undefined) =>
  value === undefined || (typeof value === 'number' && !Number.isFinite(value))

/** Returns the mean over the rows that have a value, or undefined if none has. */
export function meanOf(
  items: readonly BatchItem[],
  system: BatchSystem,
  figure: FigureChoice,
): { readonly mean: number; readonly count: number } | undefined {
  const values = items.flatMap((item) => {
    const value = figureOf(item, system, figure)
    return value !== undefined && Number.isFinite(value) ? [value] : []
  })
  if (values.length === 0) return undefined
  return { mean: values.reduce((sum, value) => sum + value, 0) / values.length, count: values.length }
}

/** Returns the names of the rows by item id. Files with equal names are distinguished by a number. */
export function rowNames(items: readonly BatchItem[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    items.map(({ id, name }) => {
      let own = name
      for (let copy = 2; taken.has(own); copy++) own = `${name} (${copy})`
      taken.add(own)
      return [id, own]
    }),
  )
}

/**
 * Returns the progress of the run as a fraction 0..1 over all its files, and the remaining time once it can be
 * estimated.
 */
export function progressOf({ items, plan, pace }: Pick<BatchState, 'items' | 'plan' | 'pace'>): {
  readonly fraction: number
  readonly secondsLeft?: number
} {
  let all = 0
  let done = 0
  for (const { state, outputs } of items) {
    const planned = outputs.length > 0 ? outputs.length : plan.length
    all += planned
    if (state === 'refused') done += planned
    else for (const output of outputs) done += output.state === 'done' ? 1 : 0.9 * output.fraction
  }
  const fraction = all > 0 ? done / all : 0
  const tellable = pace !== undefined && pace.outputs >= 3
  return { fraction, ...(tellable && { secondsLeft: ((all - done) * pace.seconds) / pace.outputs }) }
}
