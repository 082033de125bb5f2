/**
 * The keys of a trial. They act while a trial is on show, from anywhere but a field that takes text and the controls of other
 * regions; a control of the trial keeps the keys that are its own.
 */
import { type RefObject, useEffect } from 'react'
import type { GivenAnswer, StimulusKey } from '../../store/listening-test/test-state.ts'
import type { PageStore } from '../../store/page-store.ts'
import { usePageParts } from '../shell/page-context.ts'

const takesText = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select'
/** Space and Enter press them. */
const isPressed = 'button, a, summary, input:not([type="range"])'

/** What a key does in a trial of that kind, if anything. */
function answerOf(kind: GivenAnswer['kind'], key: string): GivenAnswer | undefined {
  const digit = /^[0-9]$/.test(key) ? Number(key) : undefined
  switch (kind) {
    case 'abx':
      return digit === 1 || digit === 2 ? { kind, choice: digit === 1 ? 0 : 1 } : undefined
    case 'preference':
      if (digit === 0) return { kind, choice: null }
      return digit === 1 || digit === 2 ? { kind, choice: digit === 1 ? 0 : 1 } : undefined
    case 'cmos':
      return digit !== undefined && digit >= 1 && digit <= 7 ? { kind, comparison: digit - 4 } : undefined
    case 'mushra':
      return key === 'Enter' ? { kind } : undefined
    default:
      return kind satisfies never
  }
}

function listenKey(keys: readonly StimulusKey[], key: string): StimulusKey | undefined {
  const wanted = key === 'r' || key === '0' ? 'reference' : key
  return keys.find((one) => one === wanted)
}

/** @param trial the element of the trial: what is in it, and what is in no control at all, takes the keys. */
export function useTestKeys(trial: RefObject<HTMLElement | null>): void {
  const { store } = usePageParts()
  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (!(target instanceof Element) || target.closest(takesText)) return
      const isOutside = target !== document.body && !trial.current?.contains(target)
      if (isOutside && target.closest('button, a, input, [tabindex]')) return
      if ((key === ' ' || key === 'Enter') && target.closest(isPressed)) return
      // Home moves a slider to its end.
      if (key === 'Home' && target.closest('input')) return
      if (event.repeat) return
      if (!actOn(store, key.length === 1 ? key.toLowerCase() : key)) return
      event.preventDefault()
      // The slider of what is heard is the one that the arrows move.
      trial.current?.querySelector<HTMLElement>(`[data-slider="${CSS.escape(key)}"]`)?.focus()
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [store, trial])
}

/** Whether the key was one of the test's. */
function actOn({ getState, actions }: PageStore, key: string): boolean {
  const test = getState().test.current
  const { hearStimulus, toggleSound, rewind, answerTrial, takeBackAnswer } = actions.test
  if (test?.phase !== 'running') return false
  const heard = listenKey(test.keys, key)
  const given = answerOf(test.kind, key)
  if (heard) void hearStimulus(heard)
  else if (given) void answerTrial(given)
  else if (key === ' ') void toggleSound()
  else if (key === 'Home') rewind()
  else if (key === 'Backspace') takeBackAnswer()
  else return false
  return true
}
