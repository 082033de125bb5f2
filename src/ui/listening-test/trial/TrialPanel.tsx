/** One trial: its stimuli, its question and the progress of the test. Nothing in it reveals which stimulus is which. */
import { useEffect, useRef } from 'react'
import type { TestKind } from '../../../listening/plans/test-plan.ts'
import type { RunningTest } from '../../../store/listening-test/test-state.ts'
import { Icon } from '../../controls/icons.tsx'
import { useActions } from '../../shell/page-context.ts'
import { enterFullScreen, leaveFullScreen, useFullScreen } from '../full-screen.ts'
import { testNames, unitOf } from '../test-texts.ts'
import { ListenButtons } from './ListenButtons.tsx'
import { MushraNext, MushraSliders } from './MushraSliders.tsx'
import { AbxQuestion, CmosQuestion, PreferenceQuestion } from './Questions.tsx'
import { RehearsalAnswer } from './RehearsalAnswer.tsx'
import { StopTest } from './StopTest.tsx'
import styles from './TrialPanel.module.css'
import { TrialTransport } from './TrialTransport.tsx'
import { useTestKeys } from './use-test-keys.ts'

export function TrialPanel({ test }: { readonly test: RunningTest }) {
  const { kind, trial, trials, clipTitle, notes, rehearsal } = test
  const panel = useRef<HTMLElement>(null)
  useTestKeys(panel)
  const unit = unitOf(kind)
  const name = `${unit[0].toUpperCase()}${unit.slice(1)} ${trial + 1} of ${trials}`
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
          <h3>
            {testNames[kind]} test{rehearsal && ': rehearsal'}
          </h3>
          {clipTitle && <p className="small soft">{clipTitle}</p>}
        </div>
        <p className={styles.count} role="status">
          {name}
        </p>
        <FullScreenButton />
      </header>
      <Progress trial={trial} trials={trials} />
      {kind === 'mushra' ? <MushraSliders test={test} /> : <ListenButtons test={test} />}
      <TrialTransport test={test} />
      {rehearsal?.revealed ? (
        <RehearsalAnswer test={test} revealed={rehearsal.revealed} />
      ) : (
        <Question test={test} />
      )}
      {notes.map((note) => (
        <p key={note} className="small soft">
          {note}
        </p>
      ))}
      <footer className={styles.footer}>
        <p className="small soft">{keyLines[kind]}</p>
        {!rehearsal && <TakeBack trial={trial} />}
        <StopTest test={test} />
      </footer>
    </section>
  )
}

const always = 'Space pauses, Home starts over, Backspace undoes the last answer, Esc stops the test.'
const keyLines: Readonly<Record<TestKind, string>> = {
  abx: `Keys: A, B and X play; 1 answers “X is A”, 2 answers “X is B”. ${always}`,
  preference: `Keys: A and B play; 1 prefers A, 2 prefers B, 0 neither. ${always}`,
  cmos: `Keys: A and B play; 1 to 7 answer, from much worse to much better. ${always}`,
  mushra: `Keys: R plays the reference, 1 to 9 play a condition and the arrow keys rate it; Enter goes to the next page. ${always}`,
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

function FullScreenButton() {
  const isFull = useFullScreen()
  if (isFull === undefined) return null
  return (
    <button
      type="button"
      className="button quiet small"
      onClick={() => void (isFull ? leaveFullScreen() : enterFullScreen())}
    >
      {isFull ? 'Leave full screen' : 'Full screen'}
    </button>
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
      Undo last answer
    </button>
  )
}
