/**
 * The whole page takes dropped files, and shows that it does while one is held over it. Of anything else it takes nothing: a
 * link that is let go over the page would make the browser leave it, and the takes with it.
 */
import { useEffect, useState } from 'react'
import styles from './DropTarget.module.css'
import { usePageParts } from './page-context.ts'

/** Text may be dragged into a field, such as betas out of a paper. */
const takesText = (target: EventTarget | null) =>
  target instanceof Element && target.closest('textarea, input') !== null

/** What is dropped on the fine-tuning is a voice to learn; anywhere else it is the page's source. */
const purposeAt = (target: EventTarget | null) =>
  target instanceof Element && target.closest('[data-drop="voice"]') ? 'voice' : 'source'

export function DropTarget() {
  const { store } = usePageParts()
  const [over, setOver] = useState<'voice' | 'source'>()
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
      const { openFiles, addVoiceFiles } = store.getState()
      void (purposeAt(target) === 'voice' ? addVoiceFiles(files) : openFiles(files))
    })
    return () => listeners.abort()
  }, [store])
  return over ? (
    <div className={styles.over}>
      <p>{over === 'voice' ? 'Drop recordings of the voice' : 'Drop a mel or an audio file'}</p>
    </div>
  ) : null
}
