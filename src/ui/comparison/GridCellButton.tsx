/** One cell: a button that makes and plays it, with its spectrogram once it is made. */
import type { GridCell, GridClip, GridColumn } from '../../store/comparison/comparison-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { Icon } from '../controls/icons.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './GridCellButton.module.css'
import { Thumbnail } from './Thumbnail.tsx'

type Props = { readonly cellKey: string; readonly clip: GridClip; readonly column: GridColumn }

export function GridCellButton({ cellKey, clip, column }: Props) {
  const { cell, isSelected, playing } = usePage(({ comparison }) => ({
    cell: comparison.cells[cellKey],
    isSelected: comparison.selected === cellKey,
    playing: comparison.playing && comparison.selected === cellKey,
  }))
  const { playCell, pauseCells } = useActions().comparison
  const name = `${columnName(column)}, ${clip.title}`
  // The magnitudes of a recording that is not published can be seen but not heard.
  if (cell?.state === 'done' && !cell.audioId) {
    return (
      <div className={styles.silent}>
        {cell.spectrogramId ? (
          <Thumbnail spectrogramId={cell.spectrogramId} peakDb={cell.peakDb} />
        ) : (
          <span className="small soft">none</span>
        )}
        <span className={styles.note}>{cell.spectrogramId ? 'picture only' : ''}</span>
        <span className="visually-hidden">{`${name}: ${cell.spectrogramId ? 'spectrogram of a recording that is not published' : 'no recording'}`}</span>
      </div>
    )
  }
  return (
    <button
      type="button"
      className={styles.cell}
      aria-label={`${name}: ${actionText(cell, playing)}`}
      aria-pressed={playing}
      data-state={cell?.state ?? 'empty'}
      data-selected={isSelected}
      onClick={() => (playing ? pauseCells() : void playCell(cellKey))}
    >
      {cell?.spectrogramId && <Thumbnail spectrogramId={cell.spectrogramId} peakDb={cell.peakDb} />}
      <span className={styles.mark}>
        <Icon name={playing ? 'pause' : 'play'} />
      </span>
      {cell?.state === 'making' && (
        <span className={styles.progress} style={{ transform: `scaleX(${Math.max(0.03, cell.fraction)})` }} />
      )}
      {cell?.state === 'failed' && <span className={styles.note}>failed</span>}
    </button>
  )
}

export function columnName({ system, steps }: Pick<GridColumn, 'system' | 'steps'>): string {
  return steps === 0
    ? systemNames[system]
    : `${systemNames[system]}, ${steps} ${steps === 1 ? 'step' : 'steps'}`
}

function actionText(cell: GridCell | undefined, playing: boolean): string {
  if (playing) return 'pause'
  const state = cell?.state
  switch (state) {
    case 'done':
      return 'play'
    case 'making':
      return 'being made'
    case 'waiting':
      return 'waiting'
    case 'failed':
      return 'failed, try again'
    case undefined:
      return 'make and play'
    default:
      return state satisfies never
  }
}
