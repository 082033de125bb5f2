/** Shows how a mel file was recognised and what was assumed, with controls to correct that. */
import { Disclosure } from '../controls/Disclosure.tsx'
import { LazyBoundary } from '../shell/LazyBoundary.tsx'
import { lazyPart } from '../shell/lazy-part.ts'
import { usePage } from '../shell/page-context.ts'
import styles from './MelFilePanel.module.css'
import { PaddingChoice } from './PaddingChoice.tsx'
import { ReadingCandidates } from './ReadingCandidates.tsx'

const MelReadingForm = lazyPart(() => import('./MelReadingForm.tsx'))

export function MelFilePanel() {
  const melFile = usePage((state) => state.source.melFile)
  if (!melFile) return null
  const { report, name, producerFileNames } = melFile
  return (
    <section aria-label="Mel file" className={styles.panel}>
      <p>
        <strong>{name}</strong>, [{report.shape.join(', ')}], {report.question ? 'may be' : 'read as'}{' '}
        {report.recognisedAs}.
        {producerFileNames.length > 0 && ` Read with ${producerFileNames.join(' and ')}.`}
      </p>
      {report.question ? (
        <p role="alert" className={styles.question}>
          {report.question} The file opens when you have answered.
        </p>
      ) : (
        <p data-conversion={report.conversion}>{report.conversionNote || 'Its values are used unchanged.'}</p>
      )}
      {report.candidates && <ReadingCandidates candidates={report.candidates} />}
      {report.padding && <PaddingChoice file={melFile} />}
      {report.warnings.map((warning) => (
        <p key={warning} role="status" className="caution">
          {warning}
        </p>
      ))}
      {report.assumed.length > 0 && <p className="small soft">{report.assumed.join(' ')}</p>}
      <Disclosure
        key={`${name} ${report.question ? 'ask' : 'told'}`}
        label="Read it differently"
        startsOpen={report.question !== undefined}
      >
        <LazyBoundary meanwhile={<p className="soft">…</p>}>
          <MelReadingForm key={`${name} ${JSON.stringify(report.reading)}`} file={melFile} />
        </LazyBoundary>
      </Disclosure>
    </section>
  )
}
