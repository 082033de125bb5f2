/** Invites the user to synthesize the example that is open, and shows what is still loading. */
import { isReadyToSynthesize } from '../../store/synthesis/is-ready.ts'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { addressOf } from '../navigation/view-id.ts'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { EngineLine } from '../synthesis/EngineLine.tsx'
import styles from './MakeYourself.module.css'

export default function MakeYourself() {
  const { source, ready } = usePage((state) => ({
    source: state.source.current,
    ready: isReadyToSynthesize(state) && state.synthesis.runs === undefined,
  }))
  const { synthesis } = useActions()
  const openFiles = useOpenFiles('source')
  function make(): void {
    if (!ready) return
    void synthesis.run()
    location.hash = addressOf('listen')
  }

  return (
    <section aria-label="Make it yourself" className={styles.make}>
      <div className={styles.act}>
        <button
          type="button"
          className={`button primary ${styles.button}`}
          aria-disabled={!ready}
          onClick={make}
        >
          Make it yourself
        </button>
        <FileButton
          text="Your own file"
          label="Use your own mel or audio file"
          onFiles={openFiles}
          multiple
        />
      </div>
      <div>
        <p className={styles.about}>
          Everything runs in your browser, and nothing is uploaded.
          {source && (
            <>
              {' '}
              The clip is <span lang={source.language}>“{source.transcript ?? source.title}”</span>
            </>
          )}
        </p>
        <EngineLine />
      </div>
    </section>
  )
}
