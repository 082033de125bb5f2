/**
 * Returns the painted picture of levels, any time range of which can be drawn. It is painted at the first drawing, and
 * again only when its content changes. If the input exceeds the maximum width of a picture, the visible range is
 * painted at full resolution once the view has come to rest.
 */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { TimeRange } from '../../../audio/playback/player.ts'
import type { FrequencyScale } from '../axes/frequency-scale.ts'
import type { Draw } from './Canvas.tsx'
import type { Cells } from './cells.ts'
import { type FrameRange, type Levels, maxColumns, paintPicture, type Range } from './picture.ts'

const restMs = 150

type Painting = { readonly canvas: HTMLCanvasElement | undefined; readonly frames: FrameRange }

/** @param scale and `cells`: pass the same objects for as long as their content is unchanged. */
export function usePainted(
  levels: Levels | undefined,
  { low, high }: Range,
  palette: Uint32Array | undefined,
  scale: FrequencyScale,
  cells: Cells,
  { startSeconds, endSeconds }: TimeRange,
): Draw {
  const whole = useRef<{ readonly of: readonly unknown[]; readonly painting: Painting }>(undefined)
  const [detail, setDetail] = useState<{ readonly of: readonly unknown[]; readonly painting: Painting }>()

  const secondsPerFrame = levels ? (cells.endSeconds - cells.startSeconds) / levels.frames : 0
  const isReduced = levels !== undefined && levels.frames > maxColumns
  useEffect(() => {
    if (!levels || !isReduced) return
    const frameAt = (seconds: number) => (seconds - cells.startSeconds) / secondsPerFrame
    const first = Math.max(0, Math.floor(frameAt(startSeconds)))
    const last = Math.min(levels.frames, Math.ceil(frameAt(endSeconds)))
    if (last <= first || last - first > levels.frames * 0.75) return setDetail(undefined)
    const timer = setTimeout(() => {
      const frames = { first, last }
      const canvas = paintPicture(levels, { low, high }, scale, palette, frames)
      setDetail({ of: [levels, low, high, palette, scale], painting: { canvas, frames } })
    }, restMs)
    return () => clearTimeout(timer)
  }, [levels, low, high, palette, scale, cells, startSeconds, endSeconds, secondsPerFrame, isReduced])

  return useCallback<Draw>(
    (context, width, height) => {
      if (!levels) return
      const of = [levels, low, high, palette, scale]
      const isSame = (other?: readonly unknown[]) => other?.every((one, index) => one === of[index]) ?? false
      if (!isSame(whole.current?.of)) {
        const canvas = paintPicture(levels, { low, high }, scale, palette)
        whole.current = { of, painting: { canvas, frames: { first: 0, last: levels.frames } } }
      }
      context.imageSmoothingEnabled = true
      context.imageSmoothingQuality = 'medium'
      const paintings = [whole.current?.painting, isSame(detail?.of) ? detail?.painting : undefined]
      for (const painting of paintings) {
        if (!painting?.canvas) continue
        const { canvas, frames } = painting
        const columnsPerSecond = canvas.width / (frames.last - frames.first) / secondsPerFrame
        const left = cells.startSeconds + frames.first * secondsPerFrame
        const right = cells.startSeconds + frames.last * secondsPerFrame
        const from = Math.max(left, startSeconds)
        const to = Math.min(right, endSeconds)
        if (to <= from) continue
        const pixelsPerSecond = width / (endSeconds - startSeconds)
        context.drawImage(
          canvas,
          (from - left) * columnsPerSecond,
          0,
          (to - from) * columnsPerSecond,
          canvas.height,
          (from - startSeconds) * pixelsPerSecond,
          0,
          (to - from) * pixelsPerSecond,
          height,
        )
      }
    },
    [levels, low, high, palette, scale, cells, startSeconds, endSeconds, secondsPerFrame, detail],
  )
}
