/** The questions about A, B and X. An answer takes effect at once and can be undone. */

import type { ReactNode } from 'react'
import { joinList } from '../../../listening/text-format.ts'
import type { GivenAnswer, RunningTest } from '../../../store/listening-test/test-state.ts'
import { useActions } from '../../shell/page-context.ts'
import { comparisons } from '../test-texts.ts'
import styles from './TrialPanel.module.css'

type Props = { readonly test: RunningTest }

export function AbxQuestion({ test }: Props) {
  return (
    <Question test={test} asked="Which is X?">
      <div className={styles.answers}>
        <Answer test={test} digit="1" given={{ kind: 'abx', choice: 0 }}>
          X is A
        </Answer>
        <Answer test={test} digit="2" given={{ kind: 'abx', choice: 1 }}>
          X is B
        </Answer>
      </div>
    </Question>
  )
}

export function PreferenceQuestion({ test }: Props) {
  return (
    <Question test={test} asked="Which do you prefer?">
      <div className={styles.answers}>
        <Answer test={test} digit="1" given={{ kind: 'preference', choice: 0 }}>
          Prefer A
        </Answer>
        <Answer test={test} digit="0" given={{ kind: 'preference', choice: null }}>
          No preference
        </Answer>
        <Answer test={test} digit="2" given={{ kind: 'preference', choice: 1 }}>
          Prefer B
        </Answer>
      </div>
    </Question>
  )
}

export function CmosQuestion({ test }: Props) {
  return (
    <Question test={test} asked="Compared with A, B is">
      <div className={styles.scale}>
        {comparisons.map((text, index) => (
          <Answer
            key={text}
            test={test}
            digit={`${index + 1}`}
            given={{ kind: 'cmos', comparison: index - 3 }}
          >
            {text}
          </Answer>
        ))}
      </div>
    </Question>
  )
}

function Question({
  test,
  asked,
  children,
}: Props & { readonly asked: string; readonly children: ReactNode }) {
  const missing = test.keys.filter((key) => !test.heard.includes(key)).map((key) => key.toUpperCase())
  return (
    <fieldset className="stack">
      <legend className={styles.asked}>{asked}</legend>
      {children}
      <p className={styles.missing} id="test-missing">
        {missing.length > 0 ? `Listen to ${joinList(missing)} first.` : ' '}
      </p>
    </fieldset>
  )
}

type AnswerProps = Props & { readonly digit: string; readonly given: GivenAnswer; readonly children: string }

function Answer({ test, digit, given, children }: AnswerProps) {
  const { answerTrial } = useActions().test
  return (
    <button
      type="button"
      className={styles.answer}
      // The button stays in the tab order, so that screen reader users find it and hear why it is disabled.
      aria-disabled={!test.mayAnswer}
      aria-describedby="test-missing"
      aria-keyshortcuts={digit}
      onClick={() => void answerTrial(given)}
    >
      {children}
      <span className="digit" aria-hidden="true">
        {digit}
      </span>
    </button>
  )
}
