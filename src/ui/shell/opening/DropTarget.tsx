/**
 * The whole page accepts dropped and pasted files, and indicates this while one is dragged over it. It rejects everything
 * else: a link dropped on the page would make the browser navigate away and lose the takes.
 */
import { useEffect, useState } from 'react'
import type { Door } from '../../../store/files/files-state.ts'
import { useActions, usePage } from '../page-context.ts'
import styles from './DropTarget.module.css'
import { droppedFiles } from './dropped-files.ts'
import { openFilesAt } from './use-open-files.ts'

/** Text may be dragged into a field, such as betas from a paper. */
const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('textarea, input') !== null

/** The invitation of each door while files are dragged over it. */
const invitations = {
  source: 'Drop a mel or an audio file',
  voice: 'Drop recordings of the voice',
  takes: 'Drop audio to compare',
  batch: 'Drop files for the batch',
  test: 'Drop results of blind tests, or a test plan',
} as const satisfies Partial<Record<Door, string>>

type DropDoor = keyof typeof invitations

/** A region or a whole view declares its door in `data-drop`; anywhere else, files become the page's source. */
function doorAt(target: EventTarget | null): DropDoor {
  const region = target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null
  const named = region?.dataset.drop
  const isDoor = (name: string): name is DropDoor => Object.hasOwn(invitations, name)
  return named !== undefined && isDoor(named) ? named : 'source'
}

type Props = {
  /** Whether the view shows the source, and so that one is being opened. */
  readonly showsSource: boolean
}

export default function DropTarget({ showsSource }: Props) {
  const actions = useActions()
  const opening = usePage(
    ({ files, source }) => files.unpacking ?? (showsSource ? undefined : source.opening),
  )
  const [over, setOver] = useState<DropDoor>()
  useEffect(() => {
    // `dragenter` of a child fires before `dragleave` of its parent, so only a counter shows when the pointer has left
    // the page.
    let depth = 0
    const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const listeners = new AbortController()
    const listen = <Name extends 'dragenter' | 'dragover' | 'dragleave' | 'drop'>(
      name: Name,
      act: (event: DragEvent) => void,
    ) =>
      window.addEventListener(
        name,
        (event) => {
          if (holdsFiles(event)) {
            event.preventDefault()
            act(event)
          } else if (!takesText(event.target)) {
            event.preventDefault()
            if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
          }
        },
        { signal: listeners.signal },
      )
    listen('dragenter', ({ target }) => {
      depth += 1
      setOver(doorAt(target))
    })
    listen('dragover', () => {})
    listen('dragleave', () => {
      depth -= 1
      if (depth <= 0) setOver(undefined)
    })
    listen('drop', ({ dataTransfer, target }) => {
      depth = 0
      setOver(undefined)
      const door = doorAt(target)
      void droppedFiles(dataTransfer).then(({ files, note }) => {
        if (note) actions.problems.note(note)
        void openFilesAt(actions, door, files)
      }, actions.problems.report)
    })
    window.addEventListener(
      'paste',
      ({ clipboardData }) => {
        const files = [...(clipboardData?.files ?? [])]
        if (files.length > 0) void openFilesAt(actions, doorAt(document.activeElement), files)
      },
      { signal: listeners.signal },
    )
    return () => listeners.abort()
  }, [actions])
  return (
    <>
      <p role="status" className={opening === undefined ? undefined : styles.opening}>
        {opening !== undefined && `Opening ${opening}…`}
      </p>
      {over && (
        <div className={styles.over}>
          <p>{invitations[over]}</p>
        </div>
      )}
    </>
  )
}
