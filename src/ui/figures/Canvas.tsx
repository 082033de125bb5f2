/** A canvas that fills its box at the device's resolution and draws again when its size or its drawing changes. */
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
    return () => observer.disconnect()
  }, [draw])
  return <canvas ref={ref} className={className} />
}
