/**
 * Body of the listening-test section. Its content depends on the phase: the setup, the preparation of stimuli, a trial,
 * or a result.
 */
import { useEffect, useRef } from 'react'
import { FileButton } from '../controls/FileButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './ListeningTest.module.css'
import { OpenedResults } from './OpenedResults.tsx'
import { OwnResult } from './OwnResult.tsx'
import { PreparingPanel } from './PreparingPanel.tsx'
import { SavedTestNotice } from './SavedTestNotice.tsx'
import { TestSetup } from './TestSetup.tsx'
import { TrialPanel } from './TrialPanel.tsx'

export default function ListeningTestBody() {
  const test = usePage((state) => state.test.current)
  const { openResults } = useActions().test
  const body = useFocusOfPhase(test?.phase ?? 'setup')
  return (
    <div ref={body} className={styles.body}>
      {!test && <SavedTestNotice />}
      {!test && <TestSetup />}
      {test?.phase === 'preparing' && <PreparingPanel test={test} />}
      {test?.phase === 'running' && <TrialPanel test={test} />}
      {test?.phase === 'done' && <OwnResult test={test} />}
      {test?.phase !== 'running' && (
        <div className={styles.files}>
          <FileButton
            text="Open a result file"
            accept=".json,application/json"
            multiple
            onFiles={(files) => void openResults(files)}
          />
          <p className="small soft">
            Shows exported results as plots; the results of several listeners are pooled.
          </p>
        </div>
      )}
      {test?.phase !== 'running' && <OpenedResults />}
    </div>
  )
}

/**
 * Moves the focus to the new phase, so that users of a keyboard or a screen reader stay in the test. A result restored
 * from an earlier visit appears without user action and does not take the focus.
 */
function useFocusOfPhase(phase: 'setup' | 'preparing' | 'running' | 'done') {
  const body = useRef<HTMLDivElement>(null)
  const before = useRef(phase)
  useEffect(() => {
    const came = before.current
    before.current = phase
    if (came === phase || (came === 'setup' && phase === 'done')) return
    body.current?.querySelector<HTMLElement>('[data-takes-focus]')?.focus()
  }, [phase])
  return body
}
