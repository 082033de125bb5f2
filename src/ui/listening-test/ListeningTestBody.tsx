/**
 * Content of the view “Blind test”: the setup of a test or its result. From its preparation to its last trial, a test
 * covers the whole page.
 */
import { useEffect, useRef } from 'react'
import type { CurrentTest } from '../../store/listening-test/test-state.ts'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { usePage } from '../shell/page-context.ts'
import styles from './ListeningTest.module.css'
import { OpenedResults } from './OpenedResults.tsx'
import { OwnResult } from './OwnResult.tsx'
import { SavedTestNotice } from './SavedTestNotice.tsx'
import { TestSetup } from './setup/TestSetup.tsx'
import { TestStage } from './trial/TestStage.tsx'
import { usePlanLink } from './use-plan-link.ts'

export default function ListeningTestBody() {
  const test = usePage((state) => state.test.current)
  const openFiles = useOpenFiles('test')
  usePlanLink()
  const body = useFocusOfPhase(test?.phase ?? 'setup')
  return (
    <div ref={body} className="stack">
      {test && test.phase !== 'done' && <TestStage test={test} />}
      {/* The setup names the conditions, so it is gone while they are hidden; a preparation that is cancelled keeps it. */}
      {(!test || test.phase === 'preparing') && <SavedTestNotice />}
      {(!test || test.phase === 'preparing') && <TestSetup />}
      {test?.phase === 'done' && <OwnResult test={test} />}
      {test?.phase !== 'running' && (
        <>
          <div className={styles.files}>
            <FileButton
              text="Open a result file"
              accept=".json,application/json"
              multiple
              onFiles={openFiles}
            />
            <p className="small soft">
              Shows the results that listeners sent you as plots. Results of the same test are pooled.
            </p>
          </div>
          <OpenedResults />
        </>
      )}
    </div>
  )
}

/**
 * Moves the focus to the new phase, so that users of a keyboard or a screen reader stay in the test. A result restored
 * from an earlier visit appears without user action and does not take the focus.
 */
function useFocusOfPhase(phase: 'setup' | CurrentTest['phase']) {
  const body = useRef<HTMLDivElement>(null)
  const before = useRef(phase)
  useEffect(() => {
    const came = before.current
    before.current = phase
    if (came === phase || (came === 'setup' && phase === 'done')) return
    const stage = body.current?.querySelector('dialog[open]')
    const place = stage ?? body.current
    place?.querySelector<HTMLElement>('[data-takes-focus]')?.focus()
  }, [phase])
  return body
}
