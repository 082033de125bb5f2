/** Stops a test after one confirmation, because its result would cover fewer trials than planned. */
import { useEffect, useRef, useState } from 'react'
import type { RunningTest } from '../../../store/listening-test/test-state.ts'
import { useActions } from '../../shell/page-context.ts'
import styles from './TrialPanel.module.css'

export function StopTest({ test: { trial, trials, rehearsal } }: { readonly test: RunningTest }) {
  const { stop } = useActions().test
  const [asks, setAsks] = useState(false)
  const goOn = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asks) goOn.current?.focus()
    const act = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      setAsks(!asks)
    }
    addEventListener('keydown', act)
    return () => removeEventListener('keydown', act)
  }, [asks])
  if (!asks) {
    return (
      <button type="button" className="button quiet" onClick={() => setAsks(true)}>
        {rehearsal ? 'Stop rehearsal' : 'Stop test'}
      </button>
    )
  }
  const stopText = rehearsal
    ? 'Stop the rehearsal?'
    : trial === 0
      ? 'Stop the test? You have not answered yet.'
      : `Stop the test? You have answered ${trial} of ${trials}, and you cannot resume it afterwards.`
  return (
    <fieldset aria-label="Stop the test" className={styles.stop}>
      <p>{stopText}</p>
      <button ref={goOn} type="button" className="button" onClick={() => setAsks(false)}>
        Continue
      </button>
      {trial > 0 && !rehearsal && (
        <button type="button" className="button" onClick={() => void stop('result')}>
          Stop and show the result
        </button>
      )}
      <button type="button" className="button" onClick={() => void stop('nothing')}>
        {rehearsal ? 'Stop' : 'Discard the test'}
      </button>
    </fieldset>
  )
}
