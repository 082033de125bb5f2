/** Returns the clips and the columns of the grid, which are the same lists until what they depend on changes. */
import { useMemo } from 'react'
import { gridClips, gridColumns } from '../../store/comparison/grid.ts'
import { usePage } from '../shell/page-context.ts'

export function useGrid() {
  const { current, examples, all, size } = usePage(({ source, models, synthesis }) => ({
    current: source.current,
    examples: source.examples,
    all: models.all,
    size: synthesis.settings.size,
  }))
  const clips = useMemo(() => gridClips({ source: { current, examples } }), [current, examples])
  const columns = useMemo(
    () => gridColumns({ models: { all }, synthesis: { settings: { size } } }),
    [all, size],
  )
  return { clips, columns }
}
