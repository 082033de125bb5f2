/** A small picture of levels without axes, painted once and stretched to its box. */
import { useCallback } from 'react'
import { Canvas, type Draw } from './painting/Canvas.tsx'

type Props = {
  /** Undefined until it is painted. Pass the same object for as long as its content is unchanged. */
  readonly picture: HTMLCanvasElement | undefined
  readonly className: string
}

export function Thumbnail({ picture, className }: Props) {
  const draw = useCallback<Draw>(
    (context, width, height) => {
      if (!picture) return
      context.imageSmoothingQuality = 'high'
      context.drawImage(picture, 0, 0, width, height)
    },
    [picture],
  )
  return <Canvas draw={draw} className={className} />
}
