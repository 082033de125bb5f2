/** Offers the results of the batch as downloads. */

import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { useActions, usePage } from '../shell/page-context.ts'

export function BatchDownloads() {
  const { made, settled, keptIn, packing } = usePage(({ batch }) => ({
    made: batch.items.reduce(
      (sum, { outputs }) => sum + outputs.filter(({ result }) => result !== undefined).length,
      0,
    ),
    settled: batch.items.some(({ state }) => state === 'done' || state === 'refused'),
    keptIn: batch.keptIn,
    packing: batch.packing,
  }))
  const { asZip, asCsv, cancelZip } = useActions().batch
  return (
    <div className="row">
      <DownloadButton
        disabled={made === 0 || packing !== undefined}
        mimeType="application/zip"
        makeFile={asZip}
      >
        Download all as zip
      </DownloadButton>
      <DownloadButton disabled={!settled} mimeType="text/csv" makeFile={asCsv}>
        Download figures.csv
      </DownloadButton>
      {packing && (
        <>
          <p className="small" role="status">
            Packing {packing.done} of {packing.total}
          </p>
          <button type="button" className="button quiet" onClick={cancelZip}>
            Cancel zip
          </button>
        </>
      )}
      {made > 0 && !packing && (
        <p className="small soft">
          {keptIn === 'memory'
            ? 'The results are in this browser’s memory until the page is closed.'
            : 'The results are on this computer’s disk until the page is closed or reloaded.'}
        </p>
      )}
    </div>
  )
}
