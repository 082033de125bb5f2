/** Zoomed in, the pictures turn the page when the clock runs out of what they show. */
import { useCallback, useRef } from 'react'
import { shownOf, turnedTo } from '../../store/takes/shown-seconds.ts'
import { useClock } from '../figures/use-clock.ts'
import { usePageParts } from '../shell/page-context.ts'

/**
 * Whoever looks at another part while the takes play keeps it: only a clock that was in sight is followed. A loop inside what
 * is shown never leaves it.
 */
export function useFollow(axisSeconds: number): void {
  const { store } = usePageParts()
  const last = useRef(0)
  useClock(
    useCallback(
      (seconds) => {
        const before = last.current
        last.current = seconds
        const { view, playback } = store.getState()
        if (!playback.playing || !view.shownSeconds) return
        const shown = shownOf(view.shownSeconds, axisSeconds)
        const isIn = (at: number) => at >= shown.startSeconds && at < shown.endSeconds
        if (isIn(before) && !isIn(seconds))
          store.actions.view.showSeconds(turnedTo(shown, axisSeconds, seconds))
      },
      [store, axisSeconds],
    ),
  )
}
