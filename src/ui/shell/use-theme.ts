/** Light or dark: the system's, until the reader chooses; the choice is kept on this machine. */
import { useEffect, useState, useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

const key = 'theme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

function storedTheme(): Theme | undefined {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : undefined
  } catch {
    return undefined // Storage may be forbidden: the system's theme then.
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
      // It holds until the page is closed.
    }
  }
  return [chosen ?? system, choose]
}
