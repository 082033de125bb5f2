/** Whether the first hints are on the page: until someone hides them, on this machine. */
import { useSyncExternalStore } from 'react'

const key = 'hints'
const hidden = 'hidden'
const listeners = new Set<() => void>()

function isShownAtFirst(): boolean {
  try {
    return localStorage.getItem(key) !== hidden
  } catch {
    // Where nothing can be kept they would come at every visit.
    return false
  }
}
let shown = isShownAtFirst()
/** How often they were asked for: then they take the focus. */
let asked = 0

function change(isShown: boolean): void {
  shown = isShown
  try {
    if (isShown) localStorage.removeItem(key)
    else localStorage.setItem(key, hidden)
  } catch {
    // It holds until the page is closed.
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
