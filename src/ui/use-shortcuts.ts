/** Single keys for listening. They can be turned off (WCAG 2.1.4) and never act while something else takes the key. */
import { useEffect, useState } from 'react'
import { currentTake, shownSystems } from '../store/takes.ts'
import { usePageParts } from './page-context.ts'

const takesText = 'input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select'
const takesSpace = `${takesText}, button, input, a, [role="application"]`

/** Space plays and pauses, the digits of the cards change what is heard. Returns whether they are on, and the switch. */
export function useShortcuts(): readonly [boolean, (on: boolean) => void] {
  const { store } = usePageParts()
  const [on, setOn] = useState(true)
  useEffect(() => {
    if (!on) return
    const act = (event: KeyboardEvent) => {
      const { target, key } = event
      if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof Element)) return
      const state = store.getState()
      const { takes, playing, play, pause, hear } = state
      if (key === ' ' && !event.repeat && !target.closest(takesSpace)) {
        event.preventDefault()
        if (playing) pause()
        else void play()
      }
      const heard = shownSystems(state)[Number(key) - 1]
      const take = heard && currentTake(takes, heard)
      if (take && !target.closest(takesText)) hear(take.id)
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [on, store])
  return [on, setOn]
}
