/** The two likeliest readings of a mel file, side by side: a picture of each, a short listen, and the choice. */
import { useMemo, useState } from 'react'
import type { MelFile } from '../../store/source/source-state.ts'
import { Icon } from '../controls/icons.tsx'
import { frequencyScale } from '../figures/axes/frequency-scale.ts'
import { paintPicture } from '../figures/painting/picture.ts'
import { Thumbnail } from '../figures/Thumbnail.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './ReadingCandidates.module.css'

type Candidates = NonNullable<MelFile['report']['candidates']>

export function ReadingCandidates({ candidates }: { readonly candidates: Candidates }) {
  return (
    <ol className={styles.candidates} aria-label="Likely readings">
      {candidates.map((candidate, index) => (
        <Candidate key={candidate.name} candidate={candidate} index={index} />
      ))}
    </ol>
  )
}

function Candidate({ candidate, index }: { readonly candidate: Candidates[number]; readonly index: number }) {
  const { name, confidence, reading, mel } = candidate
  const { rereadMel, listenToReading } = useActions().source
  const [isMaking, setMaking] = useState(false)
  const { sampleRateHz, hopSamples, lowHz, highHz } = reading.convention

  async function listen(): Promise<void> {
    setMaking(true)
    await listenToReading(index)
    setMaking(false)
  }

  return (
    <li className="stack-tight">
      <p>
        <strong>{name}</strong>, {Math.round(100 * confidence)} % sure
      </p>
      <p className="small soft">
        {sampleRateHz} Hz, hop {hopSamples}, bands from {lowHz} to {highHz} Hz
      </p>
      <Preview mel={mel} label={`Mel spectrogram if read as ${name}`} />
      <p className="row-tight">
        <button
          type="button"
          className="button small"
          disabled={isMaking}
          aria-label={`Listen to reading ${index + 1}`}
          onClick={() => void listen()}
        >
          <Icon name="play" />
          {isMaking ? 'Making it…' : 'Listen'}
        </button>
        <button
          type="button"
          className="button small"
          aria-label={`Use reading ${index + 1}`}
          onClick={() => void rereadMel(reading)}
        >
          Use this
        </button>
      </p>
    </li>
  )
}

function Preview({ mel, label }: { readonly mel: Candidates[number]['mel']; readonly label: string }) {
  const model = usePage((state) => state.models.all[0])
  const picture = useMemo(() => {
    if (!model) return undefined
    const levels = { frames: mel.frames, bins: mel.bands, values: mel.values }
    let high = 0
    for (const value of mel.values) high = Math.max(high, value)
    const range = { low: Math.log(model.mel.floor), high }
    return paintPicture(
      levels,
      range,
      frequencyScale({ kind: 'mel', convention: model.mel }, mel.bands, 'mel'),
    )
  }, [mel, model])
  return (
    <div role="img" aria-label={label}>
      <Thumbnail picture={picture} className={styles.preview} />
    </div>
  )
}
