/** Offers to resume or discard a test that a reload interrupted. */
import { Notice } from '../controls/Notice.tsx'
import { timeText } from '../controls/time-text.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { enterFullScreen } from './full-screen.ts'
import { testNames } from './test-texts.ts'

export function SavedTestNotice() {
  const kept = usePage((state) => state.test.saved)
  const { resumeSaved, discardSaved } = useActions().test
  if (!kept) return null
  const { title, kind, answered, trials, startedAt } = kept
  return (
    <Notice
      label="Unfinished test"
      colour="--ink"
      text={
        <>
          <strong>A blind test was interrupted.</strong> {testNames[kind]}, “{title}”, {timeText(startedAt)}.
          A new test will replace it.
        </>
      }
    >
      <button
        type="button"
        className="button primary"
        onClick={() => {
          void enterFullScreen()
          void resumeSaved()
        }}
      >
        Resume the test (trial {Math.min(trials, answered + 1)} of {trials})
      </button>
      <button type="button" className="button quiet" onClick={() => void discardSaved()}>
        Discard
      </button>
    </Notice>
  )
}
