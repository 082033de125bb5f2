/**
 * The whole page takes dropped files, and shows that it does while one is held over it. Of anything else it takes nothing: a
 * link that is let go over the page would make the browser leave it, and the takes with it.
 */
import { useEffect, useState } from 'react'
import type { PageState } from '../../store/state.ts'
import styles from './DropTarget.module.css'
import { usePageParts } from './page-context.ts'

/** Text may be dragged into a field, such as betas out of a paper. */
const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('textarea, input') !== null

/** What files are for, by what they are dropped on: a region says it in its `data-drop`; all else is the page's source. */
const purposes = {
  source: {
    line: 'Drop a mel or an audio file',
    take: ({ openFiles }: PageState, files: readonly File[]) => void openFiles(files),
  },
  voice: {
    line: 'Drop recordings of the voice',
    take: ({ addVoiceFiles }: PageState, files: readonly File[]) => void addVoiceFiles(files),
  },
  takes: {
    line: 'Drop audio to compare',
    take: ({ addTakeFiles }: PageState, files: readonly File[]) => void addTakeFiles(files),
  },
  batch: {
    line: 'Drop files for the batch',
    take: ({ addBatchFiles }: PageState, files: readonly File[]) => addBatchFiles(files),
  },
  test: {
    line: 'Drop results of listening tests, or a plan',
    take: ({ openTestFiles }: PageState, files: readonly File[]) => void openTestFiles(files),
  },
} as const

type Purpose = keyof typeof purposes

function purposeAt(target: EventTarget | null): Purpose {
  const region = target instanceof Element ? target.closest<HTMLElement>('[data-drop]') : null
  const named = region?.dataset.drop
  const isPurpose = (name: string): name is Purpose => Object.hasOwn(purposes, name)
  return named !== undefined && isPurpose(named) ? named : 'source'
}

export function DropTarget() {
  const { store } = usePageParts()
  const [over, setOver] = useState<Purpose>()
  useEffect(() => {
    // Entering a child comes before leaving its parent: only the count tells when the page was left.
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
      const files = [...(dataTransfer?.files ?? [])]
      purposes[purposeAt(target)].take(store.getState(), files)
    })
    return () => listeners.abort()
  }, [store])
  return over ? (
    <div className={styles.over}>
      <p>{purposes[over].line}</p>
    </div>
  ) : null
}
