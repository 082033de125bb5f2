/** A table of figures that scrolls in its own box. */
import type { ReactNode } from 'react'
import styles from './ResultTable.module.css'

export type TableRow = { readonly key: string; readonly cells: readonly ReactNode[] }

type Props = {
  /** Accessible name of the table and its box. */
  readonly label: string
  readonly columns: readonly string[]
  /** The first cell of each row names it. */
  readonly rows: readonly TableRow[]
}

export function ResultTable({ label, columns, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be scrollable by keyboard
    <figure className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...rest] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {rest.map((cell, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the index is the column of the cell
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
