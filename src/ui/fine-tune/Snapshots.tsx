/**
 * Plays the held-out excerpt as recorded, as the base model made it, and as the model made it at later steps. All
 * versions share one clock, and one of them is audible at a time.
 */
import { useEffect, useId } from 'react'
import type { Snapshot } from '../../store/fine-tune/training-state.ts'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './Snapshots.module.css'

function nameOf({ step }: Snapshot): string {
  if (step === undefined) return 'Recording'
  return step === 0 ? 'Before' : `Step ${step}`
}

export function Snapshots() {
  const { snapshots, playing, audibleId } = usePage((state) => ({
    snapshots: state.training.snapshots,
    playing: state.training.snapshotsPlaying,
    audibleId: state.training.audibleSnapshotId,
  }))
  const { playSnapshots, pauseSnapshots, selectSnapshot } = useActions().training
  const id = useId()
  useEffect(() => pauseSnapshots, [pauseSnapshots])
  if (snapshots.length < 2) return null
  return (
    <div className={styles.snapshots}>
      <IconButton
        icon={playing ? 'pause' : 'play'}
        label={playing ? 'Pause the snapshots' : 'Play the snapshots'}
        onClick={() => (playing ? pauseSnapshots() : void playSnapshots())}
      />
      <div className="stack-tight">
        <p className="figure-title" id={id}>
          Hear it learn
        </p>
        <div className="row-tight" role="radiogroup" aria-labelledby={id}>
          {snapshots.map((snapshot) => (
            <label key={snapshot.id} className={styles.choice} data-recording={snapshot.step === undefined}>
              <input
                type="radio"
                name={id}
                checked={snapshot.id === audibleId}
                onChange={() => selectSnapshot(snapshot.id)}
              />
              <span>{nameOf(snapshot)}</span>
            </label>
          ))}
        </div>
        <p className="small soft">
          An excerpt of held-out speech, with the same noise and level each time. It loops, and you can switch
          while it plays.
        </p>
      </div>
    </div>
  )
}
