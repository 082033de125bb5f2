/** The figures of the grid: a sentence, a table and a plot, of one clip or as means over clips. */
import { useMemo, useState } from 'react'
import { clipIdOf, figuresOfClip, meanFigures } from '../../store/comparison/grid.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './Comparison.module.css'
import { ComparisonPlot } from './ComparisonPlot.tsx'
import { comparisonSentence } from './comparison-texts.ts'
import { FigureTable } from './FigureTable.tsx'
import { useGrid } from './use-grid.ts'

const mean = 'mean'

export function ComparisonFigures() {
  const { cells, selected } = usePage(({ comparison }) => ({
    cells: comparison.cells,
    selected: comparison.selected,
  }))
  const { clips: allClips, columns } = useGrid()
  const { asCsv } = useActions().comparison
  const [asked, setAsked] = useState<string>()
  const { clips, rows, means, chosen } = useMemo(() => {
    const measured = allClips.filter((clip) => figuresOfClip(clip, columns, { cells }).length > 0)
    const overAll = meanFigures(measured, columns, { cells })
    const wanted = asked ?? (selected && clipIdOf(selected))
    const clip = measured.find(({ id }) => id === wanted) ?? measured[0]
    const isMean = asked === mean && overAll.clips > 1
    return {
      clips: measured,
      means: overAll,
      chosen: isMean ? mean : clip?.id,
      rows: isMean ? overAll.rows : clip ? figuresOfClip(clip, columns, { cells }) : [],
    }
  }, [allClips, columns, cells, selected, asked])
  if (rows.length === 0) return null
  const sentence = comparisonSentence(rows)
  const isAgainstMagnitudes = rows.some(({ figures }) => figures.against === 'magnitudes')
  return (
    <section aria-label="Figures of the comparison" className={styles.figures}>
      <header className={styles.header}>
        <h3>Figures</h3>
        <label className="inline-field">
          of
          <select className="input" value={chosen} onChange={({ target }) => setAsked(target.value)}>
            {clips.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
            {means.clips > 1 && <option value={mean}>Mean over {means.clips} clips</option>}
          </select>
        </label>
        <DownloadButton className="button small" mimeType="text/csv" makeFile={asCsv}>
          Download table
        </DownloadButton>
      </header>
      {sentence && <p>{sentence}</p>}
      <div className={styles.sides}>
        <FigureTable rows={rows} />
        <ComparisonPlot rows={rows} />
      </div>
      <p className="small soft">
        {isAgainstMagnitudes &&
          'The recording of this clip is not published; the distance is measured to its magnitude spectrogram. '}
        The authors’ figures are means over six other clips (LJ Speech), measured by the same code from the
        audio on their page. Compare how the figures change with the steps rather than their absolute values.
      </p>
    </section>
  )
}
