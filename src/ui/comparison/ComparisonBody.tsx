/** Runs the paper's comparison on one clip on the user's machine and shows the authors' published figures beside it. */
import { useState } from 'react'
import type { ComparisonRow } from '../../store/comparison/comparison-state.ts'
import { isReadyToSynthesize } from '../../store/synthesis/is-ready.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { ProgressBar } from '../controls/ProgressBar.tsx'
import { saveFile } from '../controls/save-file.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './Comparison.module.css'
import { ComparisonPlot } from './ComparisonPlot.tsx'
import { ComparisonTable } from './ComparisonTable.tsx'
import { comparisonSentence } from './comparison-texts.ts'

export default function ResultsBody() {
  const { rows, takes, isComparing, seed, control, title, ready } = usePage((state) => ({
    rows: state.comparison.rows,
    takes: state.takes.all,
    isComparing: state.comparison.running,
    seed: state.synthesis.settings.seed,
    control: state.synthesis.settings.control,
    title: state.source.current?.title,
    ready: isReadyToSynthesize(state),
  }))
  const { run, cancel, asCsv } = useActions().comparison
  const [figure, setFigure] = useState('lsdDb')
  const sentence = comparisonSentence(rows, takes)
  const done = rows.filter(({ state }) => state === 'done').length
  const current = rows.find(({ state }) => state === 'loading' || state === 'running')
  const fraction = rows.reduce((sum, row) => sum + row.fraction, 0) / Math.max(1, rows.length)
  return (
    <div className={styles.body}>
      <div className={styles.buttons}>
        <button type="button" className="button" disabled={!ready || isComparing} onClick={() => void run()}>
          Compare 2, 3 and 6 steps
        </button>
        {isComparing ? (
          <>
            <button type="button" className="button" onClick={cancel}>
              Cancel the comparison
            </button>
            <ProgressBar
              label="Progress of the comparison"
              fraction={fraction}
              text={current ? rowText(current) : 'Measuring'}
            />
          </>
        ) : (
          <p className="small soft">
            {done > 0
              ? `${done} of ${rows.length} takes, which are kept in Listen.`
              : `Makes ${control ? 'seven takes of what is open, No network, WaveGrad and InferGrad' : 'six takes of what is open, WaveGrad and InferGrad'} on one seed, and measures them.`}
          </p>
        )}
        {done > 0 && !isComparing && (
          <button type="button" className="button" onClick={() => saveFile(asCsv(), 'text/csv')}>
            Download table
          </button>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {!isComparing && done > 0 ? `${done} takes are compared.` : ''}
      </p>
      {done > 0 && (
        <>
          <h3>
            {title}, seed {seed}
          </h3>
          {sentence && <p>{sentence}</p>}
          <ComparisonTable rows={rows} />
          <p className="small soft">
            The authors’ figures are means over six other clips (LJ Speech), scored by the same code from the
            audio on their page; yours are of this one clip. Compare how they fall with the steps rather than
            their height.
          </p>
          <ComparisonPlot figure={figure} onChange={setFigure} />
        </>
      )}
    </div>
  )
}

function rowText({ system, steps }: ComparisonRow): string {
  return steps === 0 ? systemNames[system] : `${systemNames[system]}, ${steps} steps`
}
