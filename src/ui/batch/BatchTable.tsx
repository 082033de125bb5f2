/** Table of the batch: the state of each file, one figure per system, and the means over all files. */
import { useEffect, useMemo, useState } from 'react'
import { batchSystems } from '../../store/batch/batch-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { formatFigure } from '../figures/figure-texts.ts'
import { usePage, usePageParts } from '../shell/page-context.ts'
import { BatchRow } from './BatchRow.tsx'
import styles from './BatchTable.module.css'
import {
  type FigureChoice,
  figureOptions,
  meanOf,
  needsRecording,
  rowNames,
  type Sorting,
  type SortKey,
  sorted,
  usualFigure,
} from './batch-rows.ts'

export function BatchTable() {
  const { items, plan, chosen, audible, playing } = usePage((state) => ({
    items: state.batch.items,
    plan: state.batch.plan,
    chosen: state.batch.systems,
    audible: state.batch.audible,
    playing: state.batch.playing,
  }))
  usePauseOnLeaving()
  const [figureChosen, chooseFigure] = useState<FigureChoice>()
  const [sorting, setSorting] = useState<Sorting>()
  const figure = figureChosen ?? usualFigure(items)
  const { decimals, label } = figureOptions.find(({ value }) => value === figure) ?? figureOptions[0]
  const names = useMemo(() => rowNames(items), [items])
  const rows = useMemo(() => sorted(items, sorting, figure), [items, sorting, figure])
  const systems = batchSystems.filter(
    (system) =>
      items.some(({ outputs }) => outputs.some((output) => output.system === system)) ||
      (plan.length === 0 && system !== 'tuned' && chosen.includes(system)),
  )

  const hasUnmeasured =
    needsRecording(figure) && items.some(({ kind, state }) => kind === 'mel' && state === 'done')

  function sortBy(key: SortKey): void {
    if (sorting?.key !== key) setSorting({ key, descending: false })
    else setSorting(sorting.descending ? undefined : { key, descending: true })
  }
  const heading = (key: SortKey, text: string) => (
    <th
      key={key}
      scope="col"
      className={styles.heading}
      style={{ '--accent': `var(--${key}, var(--ink))` }}
      aria-sort={sorting?.key === key ? (sorting.descending ? 'descending' : 'ascending') : undefined}
    >
      <button type="button" className={styles.sort} onClick={() => sortBy(key)}>
        {text}
        <span aria-hidden="true" className={styles.arrow}>
          {sorting?.key === key && (sorting.descending ? '▼' : '▲')}
        </span>
      </button>
    </th>
  )

  return (
    <div className="stack">
      <div className="row-tight">
        <label className="inline-field">
          <span className="label">Figure shown</span>
          <select
            className="input"
            value={figure}
            onChange={({ target }) =>
              chooseFigure(figureOptions.find(({ value }) => value === target.value)?.value)
            }
          >
            {figureOptions.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
        {hasUnmeasured && (
          <p className="small soft">
            Mel files have no recording to compare with, so only the mel error is shown for them.
          </p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the box must be scrollable by keyboard */}
      <section aria-label="Files of the batch" className={styles.box} tabIndex={0}>
        <table>
          <caption className="visually-hidden">
            Files of the batch, with {label} of every system. The buttons in the headings sort.
          </caption>
          <thead>
            <tr>
              {heading('name', 'File')}
              {heading('kind', 'Kind')}
              {heading('length', 'Length')}
              {heading('state', 'State')}
              {systems.map((system) => heading(system, systemNames[system]))}
              <th scope="col" className={styles.heading}>
                <span className="visually-hidden">Remove</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => (
              <BatchRow
                key={item.id}
                item={item}
                name={names.get(item.id) ?? item.name}
                systems={systems.join()}
                figure={figure}
                playing={playing && audible?.itemId === item.id ? audible.system : undefined}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={4} className={styles.foot}>
                Mean
              </th>
              {systems.map((system) => {
                const mean = meanOf(items, system, figure)
                return (
                  <td key={system} className={`${styles.number} ${styles.foot}`}>
                    {mean ? formatFigure(mean.mean, decimals) : '–'}
                    {mean && <span className={styles.count}> of {mean.count}</span>}
                  </td>
                )
              })}
              <td className={styles.foot} />
            </tr>
          </tfoot>
        </table>
      </section>
    </div>
  )
}

/** Pauses the output that is playing when another view hides the table. */
function usePauseOnLeaving(): void {
  const { store } = usePageParts()
  useEffect(
    () => () => {
      const { playing, audible } = store.getState().batch
      if (playing && audible) void store.actions.batch.playOrPause(audible.itemId, audible.system)
    },
    [store],
  )
}
