/** One cell: a button that makes and plays it, with its spectrogram once it is made. */
import { useMemo } from 'react'
import type { GridCell, GridClip, GridColumn } from '../../store/comparison/comparison-state.ts'
import { Icon } from '../controls/icons.tsx'
import { paintSpectrogram } from '../figures/painting/spectrogram-picture.ts'
import { Thumbnail } from '../figures/Thumbnail.tsx'
import { useActions, usePage, usePageParts } from '../shell/page-context.ts'
import { systemWithSteps } from '../synthesis/system-name.ts'
import styles from './GridCellButton.module.css'

type Props = { readonly cellKey: string; readonly clip: GridClip; readonly column: GridColumn }

export function GridCellButton({ cellKey, clip, column }: Props) {
  const { cell, isSelected, playing } = usePage(({ comparison }) => ({
    cell: comparison.cells[cellKey],
    isSelected: comparison.selected === cellKey,
    playing: comparison.playing && comparison.selected === cellKey,
  }))
  const { playCell, pauseCells } = useActions().comparison
  const name = `${systemWithSteps(column)}, ${clip.title}`
  // The magnitudes of a recording that is not published can be seen but not heard.
  const unheard = column.system === 'recording' ? clip.unheard : undefined
  const isSilent = cell?.state === 'done' && !cell.audioId
  if (unheard === 'none' || (isSilent && !cell.spectrogramId)) {
    return (
      <div className={styles.silent}>
        <span className="small soft" aria-hidden="true">
          none
        </span>
        <span className="visually-hidden">{`${name}: no recording`}</span>
      </div>
    )
  }
  if (isSilent && cell.spectrogramId) {
    return (
      <div className={styles.silent}>
        <CellPicture spectrogramId={cell.spectrogramId} peakDb={cell.peakDb} />
        <span className={styles.note} aria-hidden="true">
          picture only
        </span>
        <span className="visually-hidden">{`${name}: spectrogram of a recording that is not published`}</span>
      </div>
    )
  }
  return (
    <button
      type="button"
      className={styles.cell}
      aria-label={`${name}: ${unheard && !cell ? 'show its spectrogram' : actionText(cell, playing)}`}
      aria-pressed={playing}
      data-state={cell?.state ?? 'empty'}
      data-selected={isSelected}
      onClick={() => (playing ? pauseCells() : void playCell(cellKey))}
    >
      {cell?.spectrogramId && <CellPicture spectrogramId={cell.spectrogramId} peakDb={cell.peakDb} />}
      {unheard ? (
        <span className={styles.note}>picture only</span>
      ) : (
        <span className={styles.mark}>
          <Icon name={playing ? 'pause' : 'play'} />
        </span>
      )}
      {cell?.state === 'making' && (
        <span className={styles.progress} style={{ transform: `scaleX(${Math.max(0.03, cell.fraction)})` }} />
      )}
      {cell?.state === 'failed' && <span className={styles.note}>failed</span>}
    </button>
  )
}

type PictureProps = { readonly spectrogramId: string; readonly peakDb: number | undefined }

function CellPicture({ spectrogramId, peakDb = 0 }: PictureProps) {
  const { signals } = usePageParts()
  const picture = useMemo(() => {
    const spectrogram = signals.spectrogram(spectrogramId)
    return spectrogram && paintSpectrogram(spectrogram, peakDb)
  }, [signals, spectrogramId, peakDb])
  return <Thumbnail picture={picture} className={styles.thumbnail} />
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
