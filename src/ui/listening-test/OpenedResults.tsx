/** Shows results opened from files and pools those of the same plan. */
import { useEffect, useRef } from 'react'
import type { OpenedResult } from '../../store/listening-test/test-state.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './ListeningTest.module.css'
import { TestResult } from './results/TestResult.tsx'

export function OpenedResults() {
  const results = usePage((state) => state.test.openedResults)
  return results.map((result) => <Opened key={result.id} result={result} />)
}

function Opened({ result: { id, fileNames, sessions, notes } }: { readonly result: OpenedResult }) {
  const { resultAsCsv, closeResult } = useActions().test
  const names = fileNames.join(', ')
  const section = useRef<HTMLElement>(null)
  const wasShown = useRef(false)
  useEffect(() => {
    // Once: effects run again when the user returns to the view.
    if (!wasShown.current) section.current?.scrollIntoView()
    wasShown.current = true
  }, [])
  return (
    <section ref={section} aria-label={`Result of ${names}`} className="stack panel">
      <header className={styles.header}>
        <p className="small soft" role="status">
          {sessions.length > 1 ? `${sessions.length} results together: ` : 'Opened from '}
          {names}
        </p>
        <div className="row-tight">
          {sessions.map((session, index) => (
            <DownloadButton
              key={session.startedAt}
              className="button quiet"
              aria-label={`Table of ${fileNames[index]} as CSV`}
              mimeType="text/csv"
              makeFile={() => resultAsCsv(session)}
            >
              CSV
            </DownloadButton>
          ))}
          <IconButton
            quiet
            icon="close"
            label={`Close the result of ${names}`}
            onClick={() => closeResult(id)}
          />
        </div>
      </header>
      {notes.map((note) => (
        <p key={note} role="status" className={styles.note}>
          {note}
        </p>
      ))}
      {sessions.length > 1 ? <TestResult sessions={sessions} /> : <TestResult session={sessions[0]} />}
    </section>
  )
}
