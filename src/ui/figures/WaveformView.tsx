/** A take's waveform: click to go there, drag to loop a region. The transport has the same by keyboard. */
import { type PointerEvent, useCallback, useRef, useState } from 'react'
import type { Region } from '../../audio/player.ts'
import { Playhead } from '../Playhead.tsx'
import { usePage, usePageParts } from '../page-context.ts'
import { Canvas, type Draw } from './Canvas.tsx'
import styles from './WaveformView.module.css'

/** A pointer that moved less than this was a click. */
const dragPixels = 4

type Drag = { readonly fromSeconds: number; readonly fromX: number }

/** @param axisSeconds length of the time axis, which is the same for all takes of a source. */
export function WaveformView({
  takeId,
  axisSeconds,
}: {
  readonly takeId: string
  readonly axisSeconds: number
}) {
  const { clips } = usePageParts()
  const { region, seek, loopRegion } = usePage(({ region, seek, loopRegion }) => ({
    region,
    seek,
    loopRegion,
  }))
  const drag = useRef<Drag>(undefined)
  const [dragged, setDragged] = useState<Region>()

  const draw = useCallback<Draw>(
    (context, width, height) => {
      context.clearRect(0, 0, width, height)
      if (!clips.has(takeId)) return
      const columns = Math.round(width * devicePixelRatio)
      const { minimum, maximum } = clips.peaks(takeId, 0, axisSeconds, columns)
      const style = getComputedStyle(context.canvas)
      context.fillStyle = style.color
      for (let column = 0; column < columns; column++) {
        const top = (1 - maximum[column]) * 0.5 * height
        const bottom = (1 - minimum[column]) * 0.5 * height
        context.fillRect((column * width) / columns, top, width / columns, Math.max(0.75, bottom - top))
      }
    },
    [clips, takeId, axisSeconds],
  )

  function secondsAt(event: PointerEvent<HTMLDivElement>): number {
    const box = event.currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * axisSeconds
  }

  function begin(event: PointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { fromSeconds: secondsAt(event), fromX: event.clientX }
  }

  function move(event: PointerEvent<HTMLDivElement>): void {
    const from = drag.current
    if (!from || Math.abs(event.clientX - from.fromX) < dragPixels) return
    const to = secondsAt(event)
    setDragged({
      startSeconds: Math.min(from.fromSeconds, to),
      endSeconds: Math.max(from.fromSeconds, to),
    })
  }

  function end(): void {
    if (dragged) loopRegion(dragged)
    else if (drag.current) seek(drag.current.fromSeconds)
    cancel()
  }

  function cancel(): void {
    drag.current = undefined
    setDragged(undefined)
  }

  const shown = dragged ?? region
  return (
    <div
      className={styles.waveform}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={cancel}
    >
      <Canvas draw={draw} className={styles.canvas} />
      {shown && (
        <div
          className={styles.region}
          style={{
            left: `${(shown.startSeconds / axisSeconds) * 100}%`,
            width: `${((shown.endSeconds - shown.startSeconds) / axisSeconds) * 100}%`,
          }}
        />
      )}
      <Playhead axisSeconds={axisSeconds} />
    </div>
  )
}
