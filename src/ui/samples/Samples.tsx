/** The first view: samples that play at once, then an invitation to make them. */
import { useEffect, useId } from 'react'
import { Segments } from '../controls/Segments.tsx'
import { LazyBoundary } from '../shell/LazyBoundary.tsx'
import { lazyPart } from '../shell/lazy-part.ts'
import { useEarlyActions, useEarlyPage } from '../shell/page-context.ts'
import { SampleCell } from './SampleCell.tsx'
import styles from './Samples.module.css'

const MakeYourself = lazyPart(() => import('./MakeYourself.tsx'))

export function Samples() {
  const id = useId()
  const { clips, clipId, status } = useEarlyPage(({ samples }) => ({
    clips: samples.clips,
    clipId: samples.clipId,
    status: samples.status,
  }))
  const { load, choose, pause } = useEarlyActions().samples
  useEffect(() => {
    void load()
    return pause
  }, [load, pause])
  const clip = clips.find((one) => one.id === clipId)
  return (
    <>
      <section aria-labelledby={id} className={styles.scene}>
        <header className={styles.header}>
          <h2 id={id}>Hear two diffusion vocoders turn a spectrogram into speech</h2>
          <p>
            A mel spectrogram is a compact picture of speech. A vocoder turns it back into sound. InferGrad is
            trained through the few steps that it takes, and aims to match WaveGrad’s 6 steps with 2.
          </p>
        </header>
        {status === 'missing' ? (
          <p role="alert" className="notice">
            The samples could not be loaded. You can still make your own below.{' '}
            <button type="button" className="disclosure-button" onClick={() => void load()}>
              Try again
            </button>
          </p>
        ) : (
          <>
            <div className={styles.clip}>
              {clip && (
                <>
                  <Segments
                    label="Voice"
                    value={clip.id}
                    choices={clips.map(({ id: value, title }) => ({ value, label: title }))}
                    onChange={(chosen) => void choose(chosen)}
                  />
                  <p lang={clip.language} className={styles.text}>
                    “{clip.text}”
                  </p>
                </>
              )}
            </div>
            <ul className={styles.cells} data-cells={clip?.samples.length ?? 4}>
              {clip?.samples.map((sample) => (
                <li key={sample.file}>
                  <SampleCell sample={sample} />
                </li>
              ))}
            </ul>
            <p className="small soft">
              Press a cell to play it, and another one to switch without losing your place. All are equally
              loud.
            </p>
          </>
        )}
      </section>
      <LazyBoundary meanwhile={<div className={styles.placeholder} />}>
        <MakeYourself />
      </LazyBoundary>
    </>
  )
}
