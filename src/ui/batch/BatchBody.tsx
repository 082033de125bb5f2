/** Content of the view “Batch”: the setup, the run, the table of results and the downloads. */
import { useEffect } from 'react'
import { audioFiles } from '../controls/audio-files.ts'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './BatchBody.module.css'
import { BatchControls } from './BatchControls.tsx'
import { BatchDownloads } from './BatchDownloads.tsx'
import { BatchSetup } from './BatchSetup.tsx'
import { BatchTable } from './BatchTable.tsx'

export default function BatchBody() {
  const isEmpty = usePage((state) => state.batch.items.length === 0)
  const { removeLeftovers } = useActions().batch
  const openFiles = useOpenFiles('batch')
  useEffect(() => {
    void removeLeftovers()
  }, [removeLeftovers])
  return (
    <>
      <div className={styles.setup}>
        <div className={isEmpty ? styles.dropPlace : styles.files}>
          <FileButton
            text="Add files"
            accept={`.npy,.npz,.safetensors,.json,.yaml,.yml,.csv,.tsv,.txt,.ark,.zip,${audioFiles}`}
            multiple
            onFiles={openFiles}
          />
          {isEmpty && (
            <p className="small soft">
              Add any number of mels or recordings, or drop them here. Recordings are synthesized from their
              own mel and compared with the original.
            </p>
          )}
        </div>
        <BatchSetup />
      </div>
      <BatchControls />
      {!isEmpty && <BatchTable />}
      {!isEmpty && <BatchDownloads />}
    </>
  )
}
