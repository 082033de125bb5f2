/** The theme: that of the system, until the user chooses light or dark; the choice is stored on this machine. */
import { useEffect, useState, useSyncExternalStore } from 'react'

export type Theme = 'system' | 'light' | 'dark'

const key = 'theme'
const prefersDark = matchMedia('(prefers-color-scheme: dark)')

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(key)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  } catch {
    return 'system' // Storage may be forbidden.
  }
}

function store(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, theme)
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
}

function subscribe(listener: () => void): () => void {
  prefersDark.addEventListener('change', listener)
  return () => prefersDark.removeEventListener('change', listener)
}

/** Returns the chosen theme, the theme that one press of a button chooses next, and a function that chooses. */
export function useTheme(): { readonly next: Theme; readonly choose: (theme: Theme) => void } {
  const system = useSyncExternalStore(subscribe, () => prefersDark.matches) ? 'dark' : 'light'
  const [chosen, setChosen] = useState(storedTheme)
  useEffect(() => {
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
  }, [chosen])
  const opposite = system === 'dark' ? 'light' : 'dark'
  // The first press shows the theme that the system does not have, the second the other one, the third ends the choice.
  const next = { system: opposite, [opposite]: system, [system]: 'system' }[chosen] as Theme
  return {
    next,
    choose(theme) {
      setChosen(theme)
      store(theme)
    },
  }
}
