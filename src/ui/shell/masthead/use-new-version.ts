/**
 * Registers the service worker (service-worker.ts), which caches the page for offline use and reports when a new
 * version is waiting.
 */
import { useEffect, useState } from 'react'
import type { Workbox } from 'workbox-window'

const triedKey = 'isolation-tried'

/**
 * Returns a function that activates the waiting version and reloads this tab, or undefined if none is waiting.
 * @param hasLoaded Once it is true, the service worker is registered: its downloads would slow down those of the page.
 *   A page that is not isolated registers it at once, because isolation needs a reload, best before the user begins.
 * @param onRefused is called if the browser's settings forbid service workers, without which the page works.
 */
export function useNewVersion(hasLoaded: boolean, onRefused: () => void): (() => void) | undefined {
  const [waiting, setWaiting] = useState<Workbox>()
  const registers = hasLoaded || !crossOriginIsolated
  useEffect(() => {
    if (!registers) return
    if (!import.meta.env.PROD || !('serviceWorker' in navigator) || !isSecureContext) return
    register(setWaiting).catch((thrown: unknown) => {
      // Any other error is one of the network, and the next visit tries again.
      if (thrown instanceof DOMException) onRefused()
    })
    if (!crossOriginIsolated) void isolate()
  }, [registers, onRefused])
  return (
    waiting &&
    (() => {
      // Only this tab reloads, because another one may be in the middle of training.
      waiting.addEventListener('controlling', () => location.reload())
      waiting.messageSkipWaiting()
    })
  )
}

/** Rejects with the error of the browser or of the network. */
async function register(onWaiting: (workbox: Workbox) => void): Promise<void> {
  const { Workbox } = await import('workbox-window')
  const workbox = new Workbox(new URL('service-worker.js', document.baseURI).href)
  workbox.addEventListener('waiting', () => onWaiting(workbox))
  await workbox.register()
}

/**
 * On hosts without isolation headers the service worker adds them from the next load on. Therefore the first visit
 * loads the page a second time, unless the user has already interacted with it.
 */
async function isolate(): Promise<void> {
  let hasDropped = false
  // A drop does not count as user activation.
  window.addEventListener('drop', () => {
    hasDropped = true
  })
  await navigator.serviceWorker.ready
  const isUntouched = !hasDropped && navigator.userActivation?.hasBeenActive === false
  if (isUntouched && isFirstTry()) location.reload()
}

/**
 * Returns true once per tab. If the browser has no storage it returns false, so that the page cannot reload forever.
 */
function isFirstTry(): boolean {
  try {
    const isFirst = sessionStorage.getItem(triedKey) === null
    sessionStorage.setItem(triedKey, 'yes')
    return isFirst
  } catch {
    return false
  }
}
