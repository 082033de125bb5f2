/**
 * A grid of clips by systems and steps, on the user's machine: click a cell to make and hear it. The figures below tell
 * the models apart, with the authors' published figures beside them.
 */
import { useEffect } from 'react'
import { gridClips, gridColumns } from '../../store/comparison/grid.ts'
import { isReadyToSynthesize } from '../../store/synthesis/is-ready.ts'
import { JobRow } from '../controls/JobRow.tsx'
import { Term } from '../glossary/Term.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import { ComparisonFigures } from './ComparisonFigures.tsx'
import { ComparisonGrid } from './ComparisonGrid.tsx'

export default function ComparisonBody() {
  const { filling, seed, ready, isComplete } = usePage((state) => {
    const { cells } = state.comparison
    const done = Object.values(cells).filter((cell) => cell.state === 'done').length
    return {
      filling: state.comparison.filling,
      seed: state.synthesis.settings.seed,
      ready: isReadyToSynthesize(state),
      isComplete: done > 0 && done === gridClips(state).length * gridColumns(state).length,
    }
  })
  const { fill, cancel, pauseCells } = useActions().comparison
  useEffect(() => pauseCells, [pauseCells])
  return (
    <div className="stack">
      <JobRow
        start="Fill the grid"
        canStart={ready && !isComplete}
        onStart={fill}
        onCancel={cancel}
        progressLabel="Progress of the grid"
        progress={
          filling && {
            fraction: filling.done / filling.total,
            text: `Making ${filling.done + 1} of ${filling.total}`,
          }
        }
      >
        The clips of one row play in step, so you can switch between them without losing your place. All cells
        use <Term name="seed">seed</Term> {seed}.
      </JobRow>
      <ComparisonGrid />
      <ComparisonFigures />
    </div>
  )
}
