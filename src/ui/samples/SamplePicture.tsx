/** The spectrogram of a sample; empty until it has been measured. */
import { useMemo } from 'react'
import { paintSpectrogram, Thumbnail } from '../figures/Thumbnail.tsx'
import { useEarlyPage, useEarlyParts } from '../shell/page-context.ts'
import styles from './SampleCell.module.css'

export default function SamplePicture({ file }: { readonly file: string }) {
  const { signals } = useEarlyParts()
  const { spectrogramId, peakDb = 0 } = useEarlyPage(({ samples }) => ({ ...samples.pictures[file] }))
  const picture = useMemo(() => {
    const spectrogram = spectrogramId && signals.spectrogram(spectrogramId)
    return spectrogram ? paintSpectrogram(spectrogram, peakDb) : undefined
  }, [signals, spectrogramId, peakDb])
  return <Thumbnail picture={picture} className={styles.canvas} />
}
