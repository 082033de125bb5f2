/** A small picture of a spectrogram on the mel axis, from its peak to 70 dB below. */
import { useCallback, useMemo } from 'react'
import { frequencyScale } from '../figures/frequency-scale.ts'
import { Canvas, type Draw } from '../figures/painting/Canvas.tsx'
import { paintPicture } from '../figures/painting/picture.ts'
import { usePageParts } from '../shell/page-context.ts'
import styles from './GridCellButton.module.css'

const shownDb = 70

type Props = { readonly spectrogramId: string; readonly peakDb: number | undefined }

export function Thumbnail({ spectrogramId, peakDb = 0 }: Props) {
  const { signals } = usePageParts()
  const picture = useMemo(() => {
    const spectrogram = signals.spectrogram(spectrogramId)
    if (!spectrogram) return undefined
    const { frames, bins, highHz, levelsDb: values } = spectrogram
    const scale = frequencyScale({ kind: 'bins', highHz }, bins, 'mel')
    return paintPicture({ frames, bins, values }, { low: peakDb - shownDb, high: peakDb }, scale)
  }, [signals, spectrogramId, peakDb])
  const draw = useCallback<Draw>(
    (context, width, height) => {
      if (!picture) return
      context.imageSmoothingEnabled = true
      context.imageSmoothingQuality = 'high'
      context.drawImage(picture, 0, 0, width, height)
    },
    [picture],
  )
  return <Canvas draw={draw} className={styles.thumbnail} />
}
