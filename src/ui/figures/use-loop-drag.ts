/** Pointer handlers for a waveform or a spectrogram: a click seeks, and a drag loops the range that it covers. */
import { type PointerEvent, useRef, useState } from 'react'
import type { TimeRange } from '../../audio/playback/player.ts'
import { useActions } from '../shell/page-context.ts'

/** A pointer that moved by less than this was a click. */
const dragPixels = 4

type Drag = { readonly fromSeconds: number; readonly fromX: number }

export type LoopDrag = {
  /** Region that the pointer is dragging. */
  readonly dragged?: TimeRange
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
  readonly onPointerUp: () => void
  readonly onPointerCancel: () => void
}

/** @param shown time range across the width of the element. */
export function useLoopDrag(shown: TimeRange): LoopDrag {
  const { seek, loopRegion } = useActions().playback
  const drag = useRef<Drag>(undefined)
  const [dragged, setDragged] = useState<TimeRange>()

  function secondsAt(event: PointerEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    const across = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    return shown.startSeconds + across * (shown.endSeconds - shown.startSeconds)
  }

  function cancel(): void {
    drag.current = undefined
    setDragged(undefined)
  }

  return {
    dragged,
    onPointerDown(event) {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { fromSeconds: secondsAt(event), fromX: event.clientX }
    },
    onPointerMove(event) {
      const from = drag.current
      if (!from || (!dragged && Math.abs(event.clientX - from.fromX) < dragPixels)) return
      const to = secondsAt(event)
      setDragged({
        startSeconds: Math.min(from.fromSeconds, to),
        endSeconds: Math.max(from.fromSeconds, to),
      })
    },
    onPointerUp() {
      if (dragged) loopRegion(dragged)
      else if (drag.current) seek(drag.current.fromSeconds)
      cancel()
    },
    onPointerCancel: cancel,
  }
}
