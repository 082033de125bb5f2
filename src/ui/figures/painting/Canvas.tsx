/**
 * A canvas that fills its box at the device's resolution and draws again when its size, its drawing or the theme changes;
 * one that is out of sight draws when it comes near, so that a page with many of them stays quick.
 */
import { useEffect, useRef } from 'react'

/** On a cleared context, in CSS pixels: it is scaled to the device's. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

/** How far out of sight it is drawn all the same, so that scrolling meets what is there. */
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
    const theme = new MutationObserver(paint)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const systemTheme = matchMedia('(prefers-color-scheme: dark)')
    systemTheme.addEventListener('change', paint)
    return () => {
      sight.disconnect()
      size.disconnect()
      theme.disconnect()
      systemTheme.removeEventListener('change', paint)
    }
  }, [])
  useEffect(() => {
    latest.current = draw
    redraw.current()
  }, [draw])
  return <canvas ref={ref} className={className} />
}
