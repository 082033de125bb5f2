/** The waveform of a take: a click seeks, and a drag sets a loop region. The transport offers both by keyboard. */
import { useCallback, useRef } from 'react'
import { usePageParts } from '../shell/page-context.ts'
import { LoopRegion } from './LoopRegion.tsx'
import { Playhead } from './Playhead.tsx'
import { Canvas, type Draw } from './painting/Canvas.tsx'
import { useLoopDrag } from './use-loop-drag.ts'
import { useShown, useZoom } from './use-zoom.ts'
import styles from './WaveformView.module.css'

/** @param axisSeconds length of the time axis, which is the same for all takes of a source. */
export function WaveformView({
  takeId,
  axisSeconds,
}: {
  readonly takeId: string
  readonly axisSeconds: number
}) {
  const { clips } = usePageParts()
  const shown = useShown(axisSeconds)
  const { startSeconds, endSeconds } = shown
  const { dragged, ...drag } = useLoopDrag(shown)
  const box = useRef<HTMLDivElement>(null)
  useZoom(box, axisSeconds)

  const draw = useCallback<Draw>(
    (context, width, height) => {
      if (!clips.has(takeId)) return
      const columns = Math.round(width * devicePixelRatio)
      const { minimum, maximum } = clips.peaks(takeId, startSeconds, endSeconds, columns)
      const style = getComputedStyle(context.canvas)
      context.fillStyle = style.color
      for (let column = 0; column < columns; column++) {
        const top = (1 - maximum[column]) * 0.5 * height
        const bottom = (1 - minimum[column]) * 0.5 * height
        context.fillRect((column * width) / columns, top, width / columns, Math.max(0.75, bottom - top))
      }
    },
    [clips, takeId, startSeconds, endSeconds],
  )

  return (
    <div ref={box} className={styles.waveform} {...drag}>
      <Canvas draw={draw} className="canvas" />
      <LoopRegion shown={shown} dragged={dragged} />
      <Playhead axisSeconds={axisSeconds} />
    </div>
  )
}
