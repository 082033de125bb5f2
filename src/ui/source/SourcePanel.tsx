/** Chooses the input: a bundled example, a file or the microphone. */
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { RecordButton } from '../controls/buttons/RecordButton.tsx'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { ChannelChoice } from './ChannelChoice.tsx'
import styles from './SourcePanel.module.css'

export function SourcePanel() {
  const { examples, own, current, opening } = usePage(({ source }) => ({
    examples: source.examples,
    own: source.own,
    current: source.current,
    opening: source.opening,
  }))
  const { openExample, openOwn } = useActions().source
  const openFiles = useOpenFiles('source')
  const entries = [
    ...own.map(({ id, title }) => ({ id, title, isOpen: current?.ownId === id, open: () => openOwn(id) })),
    ...examples.map(({ id, title }) => ({
      id,
      title,
      isOpen: current?.exampleId === id,
      open: () => openExample(id),
    })),
  ]
  return (
    <section aria-labelledby="source-heading" className={styles.panel}>
      <h2 id="source-heading">Source</h2>
      <ul className={styles.examples}>
        {entries.map(({ id, title, isOpen, open }) => (
          <li key={id}>
            <button
              type="button"
              className={styles.example}
              aria-pressed={isOpen}
              onClick={() => void open()}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.own}>
        <FileButton text="Open file" label="Open a mel or audio file" multiple onFiles={openFiles} />
        <RecordButton />
      </div>
      <ChannelChoice />
      <div className={styles.lines}>
        <p className="small soft">Or drop a mel or an audio file anywhere. Nothing leaves your machine.</p>
        <p className={styles.opening} role="status">
          {opening && <span key={opening}>Opening {opening}…</span>}
        </p>
      </div>
    </section>
  )
}
