/** The grid as a table: a clip per row, a system and a number of steps per column. */
import { pluralize } from '../../listening/text-format.ts'
import type { GridColumn } from '../../store/comparison/comparison-state.ts'
import { cellKey } from '../../store/comparison/grid.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import styles from './ComparisonGrid.module.css'
import { GridCellButton } from './GridCellButton.tsx'
import { useGrid } from './use-grid.ts'

export function ComparisonGrid() {
  const { clips, columns } = useGrid()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="scroll-x" aria-label="Grid of clips and systems" tabIndex={0}>
      <table className={styles.grid}>
        <thead>
          <tr>
            <th scope="col" rowSpan={2} className={styles.corner}>
              Clip
            </th>
            {groupsOf(columns).map(({ system, width, hasSteps }) => (
              <th
                key={system}
                scope="colgroup"
                colSpan={width}
                rowSpan={hasSteps ? 1 : 2}
                className={styles.system}
                style={{ '--accent': `var(--${system})` }}
              >
                {systemNames[system]}
              </th>
            ))}
          </tr>
          <tr>
            {columns
              .filter(({ steps }) => steps > 0)
              .map(({ id, steps }) => (
                <th key={id} scope="col" className={styles.steps}>
                  {pluralize(steps, 'step')}
                </th>
              ))}
          </tr>
        </thead>
        <tbody>
          {clips.map((clip) => (
            <tr key={clip.id}>
              <th scope="row" className={styles.clip}>
                {clip.title}
              </th>
              {columns.map((column) => (
                <td key={column.id} style={{ '--accent': `var(--${column.system})` }}>
                  <GridCellButton cellKey={cellKey(clip, column)} clip={clip} column={column} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Neighbouring columns of one system. */
function groupsOf(columns: readonly GridColumn[]) {
  const names = [...new Set(columns.map(({ system }) => system))]
  return names.map((system) => {
    const own = columns.filter((column) => column.system === system)
    return { system, width: own.length, hasSteps: own[0].steps > 0 }
  })
}
