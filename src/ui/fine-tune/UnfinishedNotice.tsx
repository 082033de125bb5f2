/** Offers to resume, save or discard a session that a reload or a crash interrupted. */
import { megabytes } from '../../base/megabytes.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { Notice } from '../controls/Notice.tsx'
import { timeText } from '../controls/time-text.ts'
import { useActions, usePage } from '../shell/page-context.ts'

export function UnfinishedNotice() {
  const unfinished = usePage((state) => state.training.unfinished)
  const { resumeUnfinished, discardUnfinished, checkpointAsFile } = useActions().training
  if (!unfinished) return null
  const { name, step, steps, savedAt, bytes, keptIn } = unfinished
  return (
    <Notice
      label="Unfinished fine-tuning"
      colour="--tuned"
      text={
        <>
          <strong>“{name}” was interrupted.</strong> Its last checkpoint is of step {step} of {steps},{' '}
          {timeText(savedAt)}.{keptIn === 'memory' && ' It is in memory only: a reload loses it.'}
        </>
      }
    >
      <button type="button" className="button primary" onClick={() => void resumeUnfinished()}>
        Resume
      </button>
      <DownloadButton mimeType="application/octet-stream" makeFile={checkpointAsFile}>
        Download the checkpoint ({megabytes(bytes)})
      </DownloadButton>
      <button type="button" className="button quiet" onClick={() => void discardUnfinished()}>
        Discard
      </button>
    </Notice>
  )
}
