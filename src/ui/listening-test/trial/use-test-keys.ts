/**
 * The keys of a trial. They work while a trial is shown, except in text fields and on controls of other regions.
 * Controls of the trial keep their own keys.
 */
import { type RefObject, useEffect } from 'react'
import type { GivenAnswer, StimulusKey } from '../../../store/listening-test/test-state.ts'
import type { PageStore } from '../../../store/page-store.ts'
import { usePageParts } from '../../shell/page-context.ts'

const takesText = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select'
/** Elements that Space and Enter activate. */
const isPressed = 'button, a, summary, input:not([type="range"])'

/** Returns the answer that a key gives in a trial of this kind, if any. */
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

/** @param trial element of the trial. Keys pressed inside it, or outside any control, belong to the test. */
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
      // On a slider, Home moves the thumb to its end.
      if (key === 'Home' && target.closest('input')) return
      if (event.repeat) return
      if (!actOn(store, key.length === 1 ? key.toLowerCase() : key)) return
      event.preventDefault()
      // The arrow keys move the slider of the stimulus that is playing.
      trial.current?.querySelector<HTMLElement>(`[data-slider="${CSS.escape(key)}"]`)?.focus()
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [store, trial])
}

/** Performs the action of a key. Returns whether the test uses this key. */
function actOn({ getState, actions }: PageStore, key: string): boolean {
  const test = getState().test.current
  const { playStimulus, toggleSound, rewind, answerTrial, takeBackAnswer } = actions.test
  if (test?.phase !== 'running') return false
  const heard = listenKey(test.keys, key)
  const given = answerOf(test.kind, key)
  if (heard) void playStimulus(heard)
  else if (given) void answerTrial(given)
  else if (key === ' ') void toggleSound()
  else if (key === 'Home') rewind()
  else if (key === 'Backspace') takeBackAnswer()
  else return false
  return true
}
