/** The time range that all pictures show, and how the pointer or the keys over a picture change it. */
import { type KeyboardEvent, type RefObject, useEffect } from 'react'
import type { TimeRange } from '../../audio/playback/player.ts'
import { panned, place, shownOf, zoomed } from '../../store/takes/shown-seconds.ts'
import { usePage, usePageParts } from '../shell/page-context.ts'

/** Zoom factor of one press of + or - on a picture, or of one press of a zoom button. */
export const zoomStep = 1.6

/** Describes the keys of a picture for screen readers. */
export const pictureKeys =
  'Arrow keys move the crosshair; with Shift, by ten. Plus and minus zoom, 0 shows the whole.'

/** Octaves of zoom per pixel of wheel movement. */
const octavesPerPixel = 1 / 300
const pixelsPerLine = 33

export function useShown(axisSeconds: number): TimeRange {
  return shownOf(
    usePage((state) => state.view.shownSeconds),
    axisSeconds,
  )
}

/** Returns a function that scrolls the shown range so that a crosshair at `seconds` that keys have moved stays in view. */
export function useKeepInView(axisSeconds: number): (seconds: number) => void {
  const { store } = usePageParts()
  const { startSeconds, endSeconds } = useShown(axisSeconds)
  return (seconds) => {
    if (seconds >= startSeconds && seconds <= endSeconds) return
    const length = endSeconds - startSeconds
    store.actions.view.showSeconds(place(seconds - length / 2, length, axisSeconds))
  }
}

/**
 * Makes the wheel over `ref` zoom (with Ctrl or Meta) and pan (sideways, or with Shift). Returns a key handler for +, -
 * and 0, which zooms about `aboutSeconds` and returns whether it handled the key.
 */
export function useZoom(
  ref: RefObject<HTMLElement | null>,
  axisSeconds: number,
): (event: KeyboardEvent, aboutSeconds?: number) => boolean {
  const { store } = usePageParts()
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const onWheel = (event: WheelEvent) => {
      const { shownSeconds } = store.getState().view
      const { showSeconds } = store.actions.view
      const shown = shownOf(shownSeconds, axisSeconds)
      const length = shown.endSeconds - shown.startSeconds
      const box = element.getBoundingClientRect()
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : pixelsPerLine
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault()
        const about = shown.startSeconds + ((event.clientX - box.left) / box.width) * length
        showSeconds(zoomed(shown, axisSeconds, 2 ** (-event.deltaY * pixels * octavesPerPixel), about))
        return
      }
      const across = event.deltaX || (event.shiftKey ? event.deltaY : 0)
      // The page handles the wheel if everything is visible already or the gesture is mostly vertical.
      if (!shownSeconds || Math.abs(across) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return
      event.preventDefault()
      showSeconds(panned(shown, axisSeconds, ((across * pixels) / box.width) * length))
    }
    // React's own wheel listener is passive, so it could not prevent the zoom of the page.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [ref, store, axisSeconds])

  return (event, aboutSeconds) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    const { shownSeconds } = store.getState().view
    const { showSeconds } = store.actions.view
    const shown = shownOf(shownSeconds, axisSeconds)
    const middle = (shown.startSeconds + shown.endSeconds) / 2
    const isInside =
      aboutSeconds !== undefined && aboutSeconds >= shown.startSeconds && aboutSeconds <= shown.endSeconds
    const about = isInside ? aboutSeconds : middle
    if (event.key === '+' || event.key === '=') showSeconds(zoomed(shown, axisSeconds, zoomStep, about))
    else if (event.key === '-') showSeconds(zoomed(shown, axisSeconds, 1 / zoomStep, about))
    else if (event.key === '0') showSeconds(undefined)
    else return false
    event.preventDefault()
    return true
  }
}
