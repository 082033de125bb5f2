/** A small picture of levels without axes, painted once and stretched to its box. */
import { useCallback } from 'react'
import { frequencyScale } from './axes/frequency-scale.ts'
import { Canvas, type Draw } from './painting/Canvas.tsx'
import { paintPicture } from './painting/picture.ts'

const shownDb = 80

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

type Spectrogram = {
  readonly frames: number
  readonly bins: number
  readonly highHz: number
  readonly levelsDb: Float32Array
}

/** Paints a spectrogram from its peak to 80 dB below, on the mel axis, on which speech takes most of the height. */
export function paintSpectrogram(
  { frames, bins, highHz, levelsDb }: Spectrogram,
  peakDb: number,
): HTMLCanvasElement | undefined {
  const scale = frequencyScale({ kind: 'bins', highHz }, bins, 'mel')
  return paintPicture({ frames, bins, values: levelsDb }, { low: peakDb - shownDb, high: peakDb }, scale)
}
