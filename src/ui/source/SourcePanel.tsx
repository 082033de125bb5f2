/** Chooses the input: a bundled example, a file or the microphone. */
import { FileButton } from '../controls/FileButton.tsx'
import { RecordButton } from '../controls/RecordButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import { ChannelChoice } from './ChannelChoice.tsx'
import styles from './SourcePanel.module.css'

export function SourcePanel() {
  const { examples, exampleId, opening } = usePage((state) => ({
    examples: state.source.examples,
    exampleId: state.source.current?.exampleId,
    opening: state.source.opening,
  }))
  const { openExample, openFiles } = useActions().source
  return (
    <section aria-labelledby="source-heading" className={styles.panel}>
      <h2 id="source-heading">Source</h2>
      <ul className={styles.examples}>
        {examples.map((example) => (
          <li key={example.id}>
            <button
              type="button"
              className={styles.example}
              aria-pressed={exampleId === example.id}
              onClick={() => void openExample(example.id)}
            >
              {example.title}
            </button>
          </li>
        ))}
      </ul>
      <div className={styles.own}>
        <FileButton
          text="Open file"
          label="Open a mel or audio file"
          multiple
          onFiles={(files) => void openFiles(files)}
        />
        <RecordButton />
      </div>
      <ChannelChoice />
      <div className={styles.lines}>
        <p className="small soft">Or drop a mel or an audio file anywhere. Nothing leaves this machine.</p>
        <p className={styles.opening} role="status">
          {opening && <span key={opening}>Opening {opening}…</span>}
        </p>
      </div>
    </section>
  )
}
