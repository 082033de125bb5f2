/** A canvas that fills its box at the device's resolution and draws again when its size, its drawing or the theme changes. */
import { useEffect, useRef } from 'react'

/** Sizes in CSS pixels; the context is scaled so that drawing is in CSS pixels too. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void

export function Canvas({ draw, className }: { readonly draw: Draw; readonly className?: string }) {
  const ref = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const redraw = () => {
      const { clientWidth: width, clientHeight: height } = canvas
      if (width === 0 || height === 0) return
      canvas.width = Math.round(width * devicePixelRatio)
      canvas.height = Math.round(height * devicePixelRatio)
      context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0)
      draw(context, width, height)
    }
    redraw()
    const observer = new ResizeObserver(redraw)
    observer.observe(canvas)
    const themeObserver = new MutationObserver(redraw)
    themeObserver.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const systemTheme = matchMedia('(prefers-color-scheme: dark)')
    systemTheme.addEventListener('change', redraw)
    return () => {
      observer.disconnect()
      themeObserver.disconnect()
      systemTheme.removeEventListener('change', redraw)
    }
  }, [draw])
  return <canvas ref={ref} className={className} />
}
