/** Notices changes of the theme, by the system or by the user, for code that reads colours only once. */
import { useEffect, useState } from 'react'

/** Calls `listener` after every change of the theme. Returns a function that unsubscribes. */
export function onThemeChange(listener: () => void): () => void {
  const chosen = new MutationObserver(listener)
  chosen.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', listener)
  return () => {
    chosen.disconnect()
    system.removeEventListener('change', listener)
  }
}

/** Returns a number that changes with the theme. */
export function useThemeChanges(): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => onThemeChange(() => setChanges((before) => before + 1)), [])
  return changes
}
