/** The light or dark theme follows the system until the user chooses one; the choice is stored on this machine. */
import { useEffect, useState, useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

const key = 'theme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

function storedTheme(): Theme | undefined {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : undefined
  } catch {
    return undefined // Storage may be forbidden; the system's theme then applies.
  }
}

function subscribe(listener: () => void): () => void {
  prefersDark.addEventListener('change', listener)
  return () => prefersDark.removeEventListener('change', listener)
}

export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const system: Theme = useSyncExternalStore(subscribe, () => prefersDark.matches) ? 'dark' : 'light'
  const [chosen, setChosen] = useState(storedTheme)
  useEffect(() => {
    if (chosen) document.documentElement.dataset.theme = chosen
  }, [chosen])
  function choose(theme: Theme): void {
    setChosen(theme)
    try {
      localStorage.setItem(key, theme)
    } catch {
      // Without storage, the choice lasts until the page is closed.
    }
  }
  return [chosen ?? system, choose]
}
