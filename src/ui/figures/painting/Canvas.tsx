/**
 * A canvas that fills its box at the device's resolution and redraws when its size, its drawing or the theme changes.
 * An off-screen canvas waits until it is about to scroll into view, so that a page with many of them stays fast.
 */
import { useEffect, useRef } from 'react'
import { onThemeChange } from './theme-changes.ts'

/** Draws on a cleared context in CSS pixels, which is already scaled to device pixels. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

/** Distance from the viewport at which a canvas is drawn, so that it is ready before it scrolls into view. */
const nearness = '800px'

export function Canvas({ draw, className }: { readonly draw: Draw; readonly className?: string }) {
  const ref = useRef<HTMLCanvasElement>(null)
  const latest = useRef(draw)
  const redraw = useRef(() => {})
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    let isNear = false
    let isStale = true
    const paint = () => {
      isStale = true
      const { clientWidth: width, clientHeight: height } = canvas
      if (!isNear || width === 0 || height === 0) return
      isStale = false
      const columns = Math.round(width * devicePixelRatio)
      const rows = Math.round(height * devicePixelRatio)
      if (canvas.width !== columns) canvas.width = columns
      if (canvas.height !== rows) canvas.height = rows
      context.setTransform(columns / width, 0, 0, rows / height, 0, 0)
      context.clearRect(0, 0, width, height)
      latest.current(context, width, height)
    }
    redraw.current = paint
    const sight = new IntersectionObserver(
      (entries) => {
        isNear = entries.at(-1)?.isIntersecting ?? false
        if (isNear && isStale) paint()
      },
      { rootMargin: nearness, scrollMargin: nearness },
    )
    sight.observe(canvas)
    const size = new ResizeObserver(paint)
    size.observe(canvas)
    const stopWatchingTheme = onThemeChange(paint)
    return () => {
      sight.disconnect()
      size.disconnect()
      stopWatchingTheme()
    }
  }, [])
  useEffect(() => {
    latest.current = draw
    redraw.current()
  }, [draw])
  return <canvas ref={ref} className={className} />
}
