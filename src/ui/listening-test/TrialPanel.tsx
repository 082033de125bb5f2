/** One trial: its stimuli, its question and the progress of the test. Nothing in it reveals which stimulus is which. */
import { useEffect, useRef } from 'react'
import type { TestKind } from '../../listening/plans/test-plan.ts'
import type { RunningTest } from '../../store/listening-test/test-state.ts'
import { Icon } from '../controls/icons.tsx'
import { useActions } from '../shell/page-context.ts'
import { ListenButtons } from './ListenButtons.tsx'
import { MushraNext, MushraSliders } from './MushraSliders.tsx'
import { AbxQuestion, CmosQuestion, PreferenceQuestion } from './Questions.tsx'
import { StopTest } from './StopTest.tsx'
import styles from './TrialPanel.module.css'
import { TrialTransport } from './TrialTransport.tsx'
import { testNames } from './test-texts.ts'
import { useTestKeys } from './use-test-keys.ts'

/** MUSHRA counts pages instead of trials. */
const unit = (kind: TestKind) => (kind === 'mushra' ? 'Page' : 'Trial')

export function TrialPanel({ test }: { readonly test: RunningTest }) {
  const { kind, trial, trials, clipTitle, notes } = test
  const panel = useRef<HTMLElement>(null)
  useTestKeys(panel)
  const name = `${unit(kind)} ${trial + 1} of ${trials}`
  // The focus moves to the panel, so that a screen reader announces the trial and Tab starts at its first control
  // again.
  const shown = useRef(trial)
  useEffect(() => {
    if (shown.current !== trial) panel.current?.focus({ preventScroll: true })
    shown.current = trial
  }, [trial])
  return (
    <section
      ref={panel}
      aria-label={name}
      tabIndex={-1}
      data-takes-focus
      className={styles.trial}
      // A click moves the focus to the trial itself, so that Space still pauses playback.
      onMouseDown={(event) => {
        if (!(event.target instanceof Element) || event.target.closest('input')) return
        event.preventDefault()
        panel.current?.focus({ preventScroll: true })
      }}
    >
      <header className={styles.header}>
        <div>
          <h3>{testNames[kind]} test</h3>
          {clipTitle && <p className="small soft">{clipTitle}</p>}
        </div>
        <p className={styles.count} role="status">
          {name}
        </p>
      </header>
      <Progress trial={trial} trials={trials} />
      {kind === 'mushra' ? <MushraSliders test={test} /> : <ListenButtons test={test} />}
      <TrialTransport test={test} />
      <Question test={test} />
      {notes.map((note) => (
        <p key={note} className="small soft">
          {note}
        </p>
      ))}
      <footer className={styles.footer}>
        <p className="small soft">{keyLines[kind]}</p>
        <TakeBack trial={trial} />
        <StopTest test={test} />
      </footer>
    </section>
  )
}

const always = 'Space pauses, Home starts over, Backspace takes the last answer back.'
const keyLines: Readonly<Record<TestKind, string>> = {
  abx: `Keys: A, B and X listen; 1 says X is A, 2 says X is B. ${always}`,
  preference: `Keys: A and B listen; 1 prefers A, 2 prefers B, 0 neither. ${always}`,
  cmos: `Keys: A and B listen; 1 to 7 answer, from much worse to much better. ${always}`,
  mushra: `Keys: R hears the reference, 1 to 9 a condition, which the arrows rate then; Enter goes on. ${always}`,
}

function Question({ test }: { readonly test: RunningTest }) {
  switch (test.kind) {
    case 'abx':
      return <AbxQuestion test={test} />
    case 'preference':
      return <PreferenceQuestion test={test} />
    case 'cmos':
      return <CmosQuestion test={test} />
    case 'mushra':
      return <MushraNext test={test} />
    default:
      return test.kind satisfies never
  }
}

/** A longer test is drawn as one bar. */
const maxSegments = 40

function Progress({ trial, trials }: { readonly trial: number; readonly trials: number }) {
  const segments = trials <= maxSegments ? trials : 1
  return (
    <div
      role="progressbar"
      aria-label="Progress of the test"
      aria-valuemin={0}
      aria-valuemax={trials}
      aria-valuenow={trial}
      aria-valuetext={`${trial} of ${trials} answered`}
      className={styles.segments}
    >
      {Array.from({ length: segments }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the trial that the segment shows
        <span key={index} className={styles.segment} data-current={index === trial && segments > 1}>
          <span
            style={{ width: `${100 * Math.min(1, Math.max(0, (trial * segments) / trials - index))}%` }}
          />
        </span>
      ))}
    </div>
  )
}

function TakeBack({ trial }: { readonly trial: number }) {
  const { takeBackAnswer } = useActions().test
  return (
    <button
      type="button"
      className="button quiet"
      aria-keyshortcuts="Backspace"
      disabled={trial === 0}
      onClick={takeBackAnswer}
    >
      <Icon name="back" />
      Take back last answer
    </button>
  )
}
