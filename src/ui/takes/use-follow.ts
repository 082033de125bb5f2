/** Scrolls zoomed pictures by a page when the playhead leaves their visible range. */
import { useCallback, useRef } from 'react'
import { shownOf, turnedTo } from '../../store/takes/shown-seconds.ts'
import { useClock } from '../figures/use-clock.ts'
import { usePageParts } from '../shell/page-context.ts'

/**
 * Follows the playhead only if it was visible, so that users can look at another part while the takes play. A loop
 * within the visible range never leaves it.
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
