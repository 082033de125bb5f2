/** What was recognised in a mel file, what was assumed, and the controls to put it right. */
import { lazy, Suspense } from 'react'
import { Disclosure } from './Disclosure.tsx'
import styles from './MelFilePanel.module.css'
import { usePage } from './page-context.ts'

const MelReadingForm = lazy(() => import('./MelReadingForm.tsx'))

const conversions = {
  none: 'taken as it is',
  exact: 'converted exactly',
  approximate: 'converted approximately',
} as const

export function MelFilePanel() {
  const { melFile } = usePage(({ melFile }) => ({ melFile }))
  if (!melFile) return null
  const { report, name, producerConfigName } = melFile
  return (
    <section aria-label="Mel file" className={styles.panel}>
      <p>
        <strong>{name}</strong>, [{report.shape.join(', ')}]: {report.recognisedAs};{' '}
        <span data-conversion={report.conversion}>{conversions[report.conversion]}</span>.{' '}
        {report.conversionNote}
      </p>
      {producerConfigName && <p className="small soft">Read with {producerConfigName}.</p>}
      {report.question && (
        <p role="alert" className={styles.question}>
          {report.question}
        </p>
      )}
      {report.warnings.map((warning) => (
        <p key={warning} role="status" className={styles.warning}>
          {warning}
        </p>
      ))}
      {report.assumed.length > 0 && (
        <p className="small soft">Assumed, as an array cannot show it: {report.assumed.join('; ')}.</p>
      )}
      <Disclosure
        key={report.question ? 'ask' : 'told'}
        label="Read it differently"
        startsOpen={report.question !== undefined}
      >
        <Suspense fallback={<p className="soft">…</p>}>
          <MelReadingForm key={JSON.stringify(report.reading)} file={melFile} />
        </Suspense>
      </Disclosure>
    </section>
  )
}
