/** Returns a number that changes with the system's or the chosen theme, for code that reads colours only once. */
import { useEffect, useState } from 'react'

export function useThemeChanges(): number {
  const [changes, setChanges] = useState(0)
  useEffect(() => {
    const count = () => setChanges((before) => before + 1)
    const observer = new MutationObserver(count)
    observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', count)
    return () => {
      observer.disconnect()
      system.removeEventListener('change', count)
    }
  }, [])
  return changes
}
