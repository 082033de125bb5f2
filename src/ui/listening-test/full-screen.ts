/**
 * Full screen for a listening test. It needs a click, and not every browser or device has it: a refusal is no error,
 * because the test covers the whole page in any case.
 */
import { useSyncExternalStore } from 'react'

/** Whether the test entered full screen, and so should leave it. */
let isOwn = false

export async function enterFullScreen(): Promise<void> {
  if (document.fullscreenElement) return
  try {
    await document.documentElement.requestFullscreen({ navigationUI: 'hide' })
    isOwn = true
  } catch {
    // The browser or its user does not allow it.
  }
}

/** Leaves full screen if `enterFullScreen` entered it. */
export async function leaveFullScreen(): Promise<void> {
  if (!isOwn) return
  isOwn = false
  if (document.fullscreenElement) await document.exitFullscreen().catch(() => {})
}

function subscribe(onChange: () => void): () => void {
  document.addEventListener('fullscreenchange', onChange)
  return () => document.removeEventListener('fullscreenchange', onChange)
}

/** Returns whether the page is in full screen; undefined if that is not possible here. */
export function useFullScreen(): boolean | undefined {
  return useSyncExternalStore(subscribe, () =>
    document.fullscreenEnabled ? document.fullscreenElement !== null : undefined,
  )
}
