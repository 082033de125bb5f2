/**
 * Single-key shortcuts for playback. They can be turned off (WCAG 2.1.4). They do not act while the user types or while
 * a dialog is open.
 */
import { useEffect, useState } from 'react'
import { cardChoice, cardsOf } from '../../store/takes/takes.ts'
import { usePageParts } from '../shell/page-context.ts'

const takesText = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select'
const pressed = 'button, a, summary, [role="button"]'
const moved = 'input, [role="application"], [role="region"][tabindex], [role="listbox"], [role="menu"]'
const dialog = 'dialog[open], [popover]:popover-open'

const smallStepSeconds = 1
const largeStepSeconds = 5

/**
 * Returns whether the shortcuts are on, and a function that turns them on or off. `onHelp` shows the list of shortcuts.
 */
export function useShortcuts(onHelp: () => void): readonly [boolean, (on: boolean) => void] {
  const { store } = usePageParts()
  const [on, setOn] = useState(true)
  useEffect(() => {
    if (!on) return
    const act = (event: KeyboardEvent) => {
      const { target, key, shiftKey } = event
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (!(target instanceof Element) || target.closest(takesText) || document.querySelector(dialog)) return
      const state = store.getState()
      const { playback } = store.actions
      const toggle = () => (state.playback.playing ? playback.pause() : void playback.play())
      const isFree = (others: string) => !target.closest(others)
      const step = shiftKey ? largeStepSeconds : smallStepSeconds
      const acts: Readonly<Record<string, (() => void) | false>> = {
        ' ': isFree(`${pressed}, input, [role="application"]`) && toggle,
        Enter: isFree(`${pressed}, input`) && (() => void playback.playFromStart()),
        ArrowLeft: isFree(moved) && (() => playback.seekBy(-step)),
        ArrowRight: isFree(moved) && (() => playback.seekBy(step)),
        x: playback.toggleLastTwo,
        l: playback.toggleLoop,
        '?': onHelp,
      }
      const name = key.length === 1 ? key.toLowerCase() : key
      const take = cardsOf(cardChoice(state))[Number(key) - 1]?.take
      const wanted = Object.hasOwn(acts, name) ? acts[name] : take && (() => playback.select(take.id))
      if (!wanted || state.takes.all.length === 0) return
      event.preventDefault()
      // A key that is held down repeats only for the arrows.
      if (!event.repeat || key.startsWith('Arrow')) wanted()
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [on, store, onHelp])
  return [on, setOn]
}
