/** Stores whether the first hints are shown: on this machine, until the user hides them. */
import { useSyncExternalStore } from 'react'

const key = 'hints'
const hidden = 'hidden'
const listeners = new Set<() => void>()

function isShownAtFirst(): boolean {
  try {
    return localStorage.getItem(key) !== hidden
  } catch {
    // Without storage, a dismissal would be forgotten and the hints would return at every visit.
    return false
  }
}
let shown = isShownAtFirst()
/** Number of times that the user asked for the hints; each request moves the focus to them. */
let asked = 0

function change(isShown: boolean): void {
  shown = isShown
  try {
    if (isShown) localStorage.removeItem(key)
    else localStorage.setItem(key, hidden)
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
  for (const listener of listeners) listener()
}

export const hideHints = () => change(false)
export function showHints(): void {
  asked += 1
  change(true)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useHints(): { readonly shown: boolean; readonly asked: number } {
  return {
    shown: useSyncExternalStore(subscribe, () => shown),
    asked: useSyncExternalStore(subscribe, () => asked),
  }
}
