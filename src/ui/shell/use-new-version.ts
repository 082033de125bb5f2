/** The service worker (service-worker.ts): it keeps the page for use without a network, and waits with a new version. */
import { useEffect, useState } from 'react'
import { Workbox } from 'workbox-window'

const triedKey = 'isolation-tried'

/** Takes the version that waits and reloads this tab; undefined while there is none. */
export function useNewVersion(): (() => void) | undefined {
  const [waiting, setWaiting] = useState<Workbox>()
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !isSecureContext) return
    const workbox = new Workbox(new URL('service-worker.js', document.baseURI).href)
    workbox.addEventListener('waiting', () => setWaiting(workbox))
    // Where storage is blocked there is none; the page does without.
    workbox.register().catch(() => {})
    if (!crossOriginIsolated) void isolate()
  }, [])
  return (
    waiting &&
    (() => {
      // Only this tab reloads: another may be in the middle of training.
      waiting.addEventListener('controlling', () => location.reload())
      waiting.messageSkipWaiting()
    })
  )
}

/**
 * On hosts without isolation headers the service worker adds them, from the next load on. So the first visit loads the page
 * a second time, unless the user has already begun.
 */
async function isolate(): Promise<void> {
  await navigator.serviceWorker.ready
  if (!navigator.userActivation.hasBeenActive && isFirstTry()) location.reload()
}

/** True once per tab, and never where the browser keeps nothing, so that the page cannot reload for ever. */
function isFirstTry(): boolean {
  try {
    const isFirst = sessionStorage.getItem(triedKey) === null
    sessionStorage.setItem(triedKey, 'yes')
    return isFirst
  } catch {
    return false
  }
}
