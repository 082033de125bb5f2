/** Shows the result of a test taken on this page, with its plots and the ways to save it. */
import type { FinishedTest } from '../../store/listening-test/test-state.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './ListeningTest.module.css'
import { TestResult } from './results/TestResult.tsx'

export function OwnResult({ test: { session, notes } }: { readonly test: FinishedTest }) {
  const openedPlan = usePage((state) => state.test.openedPlan)
  const isFromLink = openedPlan !== undefined && !openedPlan.fileName && openedPlan.plan === session.plan
  const { resultAsJson, resultAsCsv, dismissResult } = useActions().test
  const { answers, trials } = session
  const stopped = answers.length < trials.length
  return (
    <section aria-label="Result of the test" className="stack panel" tabIndex={-1} data-takes-focus>
      <p role="status" className={styles.over}>
        {stopped
          ? `The test was stopped after ${answers.length} of ${trials.length} trials.`
          : 'The test is finished.'}
      </p>
      <TestResult session={session} />
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <div className="row-tight">
        <DownloadButton
          className="button primary"
          mimeType="application/json"
          makeFile={() => resultAsJson(session)}
        >
          Export results
        </DownloadButton>
        <DownloadButton mimeType="text/csv" makeFile={() => resultAsCsv(session)}>
          Download CSV
        </DownloadButton>
        <button type="button" className="button" onClick={() => void dismissResult()}>
          New test
        </button>
      </div>
      <p className="small soft">
        {isFromLink && <strong>Send the exported file to the person who gave you the link. </strong>}
        It holds every answer with the truth, and the hashes of the audio and the models, the schedules, seeds
        and gains. This page opens it again and pools the files of several listeners. The result stays here
        until you start a new test.
      </p>
    </section>
  )
}
