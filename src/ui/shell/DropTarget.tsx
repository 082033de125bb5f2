/**
 * The whole page accepts dropped files and indicates this while one is dragged over it. It rejects everything else: a
 * link dropped on the page would make the browser navigate away and lose the takes.
 */
import { useEffect, useState } from 'react'
import type { PageActions } from '../../store/state.ts'
import { addressOf } from '../navigation/view-id.ts'
import styles from './DropTarget.module.css'
import { droppedFiles } from './dropped-files.ts'
import { useActions } from './page-context.ts'

/** Text may be dragged into a field, such as betas from a paper. */
const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('textarea, input') !== null

/**
 * Purposes of dropped files by drop target: a region or a whole view declares its purpose in `data-drop`; anywhere else,
 * files become the page's source.
 */
const purposes = {
  source: {
    line: 'Drop a mel or an audio file',
    take: (actions: PageActions, files: readonly File[]) => void actions.source.openFiles(files),
  },
  voice: {
    line: 'Drop recordings of the voice',
    take: (actions: PageActions, files: readonly File[]) => void actions.training.addVoiceFiles(files),
  },
  takes: {
    line: 'Drop audio to compare',
    take: (actions: PageActions, files: readonly File[]) => void actions.takes.addFiles(files),
  },
  batch: {
    line: 'Drop files for the batch',
    take: (actions: PageActions, files: readonly File[]) => actions.batch.addFiles(files),
  },
  test: {
    line: 'Drop results of blind tests, or a test plan',
    take: (actions: PageActions, files: readonly File[]) => void actions.test.openFiles(files),
  },
} as const

type Purpose = keyof typeof purposes

function purposeAt(target: EventTarget | null): Purpose {
  const region = target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null
  const named = region?.dataset.drop
  const isPurpose = (name: string): name is Purpose => Object.hasOwn(purposes, name)
  return named !== undefined && isPurpose(named) ? named : 'source'
}

type Props = {
  /** Whether the view shows the source; otherwise a dropped one opens the view that does. */
  readonly showsSource: boolean
}

export default function DropTarget({ showsSource }: Props) {
  const actions = useActions()
  const [over, setOver] = useState<Purpose>()
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
      setOver(purposeAt(target))
    })
    listen('dragover', () => {})
    listen('dragleave', () => {
      depth -= 1
      if (depth <= 0) setOver(undefined)
    })
    listen('drop', ({ dataTransfer, target }) => {
      depth = 0
      setOver(undefined)
      const purpose = purposeAt(target)
      void droppedFiles(dataTransfer).then((files) => {
        purposes[purpose].take(actions, files)
        if (purpose === 'source' && !showsSource) location.hash = addressOf('listen')
      }, actions.problems.report)
    })
    return () => listeners.abort()
  }, [actions, showsSource])
  return over ? (
    <div className={styles.over}>
      <p>{purposes[over].line}</p>
    </div>
  ) : null
}
