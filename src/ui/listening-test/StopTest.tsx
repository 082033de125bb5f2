/** Stops a test after one confirmation, because its result would cover fewer trials than planned. */
import { useEffect, useRef, useState } from 'react'
import type { RunningTest } from '../../store/listening-test/test-state.ts'
import { useActions } from '../shell/page-context.ts'
import styles from './TrialPanel.module.css'

export function StopTest({ test: { trial, trials } }: { readonly test: RunningTest }) {
  const { stop } = useActions().test
  const [asks, setAsks] = useState(false)
  const goOn = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asks) goOn.current?.focus()
  }, [asks])
  if (!asks) {
    return (
      <button type="button" className="button quiet" onClick={() => setAsks(true)}>
        Stop test
      </button>
    )
  }
  return (
    <fieldset aria-label="Stop the test" className={styles.stop}>
      <p>
        {trial === 0
          ? 'Stop the test? Nothing was answered yet.'
          : `Stop the test? ${trial} of ${trials} were answered, and it could not go on afterwards.`}
      </p>
      <button ref={goOn} type="button" className="button" onClick={() => setAsks(false)}>
        Go on
      </button>
      {trial > 0 && (
        <button type="button" className="button" onClick={() => void stop('result')}>
          Stop and show the result
        </button>
      )}
      <button type="button" className="button" onClick={() => void stop('nothing')}>
        Discard the test
      </button>
    </fieldset>
  )
}
