/** Edits the list of takes: adds external audio and restores a removed take. */
import { useEffect, useRef } from 'react'
import { audioFiles } from '../controls/audio-files.ts'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { IconButton } from '../controls/buttons/IconButton.tsx'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './AddTakes.module.css'

export function AddTakes() {
  const addingTake = usePage((state) => state.takes.adding)
  const openFiles = useOpenFiles('takes')
  return (
    <div className={styles.add} data-drop="takes">
      <FileButton text="Add audio to compare" accept={`.zip,${audioFiles}`} multiple onFiles={openFiles} />
      <p className="small soft">
        Or drop files, a folder or a zip here, such as the output of another vocoder, at any sample rate and
        length. Each recording becomes a take.
      </p>
      <p className="small" role="status">
        {addingTake && `Reading ${addingTake}…`}
      </p>
    </div>
  )
}

export function RemovedTake() {
  const removedTake = usePage((state) => state.takes.removed)
  const { restore, forgetRemoved } = useActions().takes
  const undo = useRef<HTMLButtonElement>(null)
  const takeId = removedTake?.take.id
  const focusedFor = useRef<string>(undefined)
  useEffect(() => {
    // Removing the take also removed the button that had the focus. Coming back to this view moves no focus.
    if (takeId && takeId !== focusedFor.current) undo.current?.focus({ preventScroll: true })
    focusedFor.current = takeId
  }, [takeId])
  return (
    <div role="status" className={removedTake ? styles.removed : undefined}>
      {removedTake && (
        <>
          <span>Removed {removedTake.name}.</span>
          <button ref={undo} type="button" className="button" onClick={restore}>
            Undo
          </button>
          <IconButton quiet icon="close" label="Dismiss" onClick={forgetRemoved} />
        </>
      )}
    </div>
  )
}
