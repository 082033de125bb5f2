/** Shows a session's progress, phase and figures, with the controls that pause and stop it. */

import { megabytes } from '../../base/megabytes.ts'
import type { TrainingSession } from '../../store/fine-tune/training-state.ts'
import { Bar } from '../controls/Bar.tsx'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { Disclosure } from '../controls/Disclosure.tsx'
import { Icon } from '../controls/icons.tsx'
import { formatSeconds } from '../figures/axes/ticks.ts'
import { LazyBoundary } from '../shell/LazyBoundary.tsx'
import { lazyPart } from '../shell/lazy-part.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { Snapshots } from './Snapshots.tsx'
import { TrainingOutcome } from './TrainingOutcome.tsx'
import styles from './TrainingPanel.module.css'
import { phaseSentence, phaseTitle, progressText, storagePlace } from './training-texts.ts'

const TrainingFigures = lazyPart(() => import('./TrainingFigures.tsx'))

export function TrainingPanel({ session }: { readonly session: TrainingSession }) {
  const ended = session.phase === 'ended'
  const sentence = phaseSentence(session)
  return (
    <section aria-labelledby="session-heading" className={styles.panel}>
      <header className={styles.header}>
        <h3 id="session-heading">{session.name}</h3>
        <p className={styles.phase} data-phase={session.phase} role="status">
          {phaseTitle(session)}
        </p>
      </header>
      {!ended && <Progress session={session} />}
      {sentence && (
        <p role="status" className="small">
          {sentence}
        </p>
      )}
      <PauseReason session={session} />
      {ended && session.result && <TrainingOutcome session={session} result={session.result} />}
      <Facts session={session} />
      <div>
        <Restarts restarts={session.restarts} />
        <Notes notes={session.notes} />
      </div>
      <LazyBoundary meanwhile={<div className={styles.figures} />}>
        <TrainingFigures session={session} />
      </LazyBoundary>
      <Snapshots />
    </section>
  )
}

function Restarts({ restarts }: Pick<TrainingSession, 'restarts'>) {
  return restarts.map(({ step, reason }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: restarts are only ever appended
    <p key={index} role="status" className="small caution">
      Restarted from step {step}: {reason}
    </p>
  ))
}

/** A longer list would push the session off the screen. */
const maxNotes = 2

function Notes({ notes }: Pick<TrainingSession, 'notes'>) {
  const lines = notes.map((note) => (
    <p key={note} className="small caution">
      {note}
    </p>
  ))
  if (notes.length <= maxNotes) return <div role="status">{lines}</div>
  return <Disclosure label={`${notes.length} notes on the recordings`}>{lines}</Disclosure>
}

function Progress({ session }: { readonly session: TrainingSession }) {
  const { pause, resume, stop } = useActions().training
  const { phase, asked, step, steps } = session
  const text = progressText(session)
  const isPaused = phase === 'paused'
  const isBound = asked !== undefined || phase === 'preparing' || phase === 'finishing'
  return (
    <div className="row">
      <div className={styles.course}>
        <Bar
          label="Fine-tuning progress"
          value={step}
          max={steps}
          text={`${phaseTitle(session)}. ${text}`}
          colour="--tuned"
        />
        <p className="small">{text}</p>
      </div>
      <div className={styles.buttons}>
        <button
          type="button"
          className="button"
          aria-disabled={isBound}
          onClick={() => {
            if (isBound) return
            if (isPaused) resume()
            else pause()
          }}
        >
          <Icon name={isPaused ? 'play' : 'pause'} />
          {isPaused ? 'Resume' : 'Pause'}
        </button>
        <button
          type="button"
          className="button"
          aria-disabled={asked === 'stop' || phase === 'finishing'}
          onClick={() => {
            if (asked !== 'stop' && phase !== 'finishing') stop()
          }}
        >
          <Icon name="stop" />
          Stop
        </button>
      </div>
    </div>
  )
}

/** Explains why training paused by itself, and offers to save its checkpoint to a file. */
function PauseReason({ session: { pausedBy } }: { readonly session: TrainingSession }) {
  const { checkpointAsFile } = useActions().training
  if (!pausedBy) return null
  return (
    <div role="alert" className={styles.reason}>
      <p>
        <strong>{pausedBy.message}</strong>
      </p>
      {(pausedBy.found || pausedBy.accepted) && (
        <p className="small">
          {pausedBy.found && <>Found: {pausedBy.found}. </>}
          {pausedBy.accepted && <>Accepted: {pausedBy.accepted}.</>}
        </p>
      )}
      {pausedBy.remedy && <p>{pausedBy.remedy}</p>}
      <DownloadButton mimeType="application/octet-stream" makeFile={checkpointAsFile}>
        Download the checkpoint
      </DownloadButton>
    </div>
  )
}

function Facts({ session }: { readonly session: TrainingSession }) {
  const { modelId, trainingSeconds, heldOutSeconds, backend, checkpoint, evaluations, settings } = session
  const model = usePage((state) => state.models.all.find(({ id }) => id === modelId))
  const isOver = session.phase === 'ended'
  const best = evaluations.reduce<(typeof evaluations)[number] | undefined>(
    (kept, one) => (kept && kept.figures.stftError <= one.figures.stftError ? kept : one),
    undefined,
  )
  const facts = [
    ['From', model?.name ?? modelId],
    settings && [
      'Objective',
      settings.objective === 'infergrad' ? `InferGrad, N = ${settings.processSteps.join(', ')}` : 'WaveGrad',
    ],
    trainingSeconds !== undefined && ['Learns from', `${formatSeconds(trainingSeconds, 1)} s`],
    heldOutSeconds !== undefined && ['Held out', `${formatSeconds(heldOutSeconds, 1)} s`],
    backend && ['Runs on', backend.detail],
    !isOver && best && best.step > 0 && ['Best so far', `step ${best.step}`],
    checkpoint &&
      !isOver && [
        'Checkpoint',
        `step ${checkpoint.step}, ${megabytes(checkpoint.bytes)}, ${storagePlace(checkpoint)}`,
      ],
  ].filter((fact) => Array.isArray(fact))
  return (
    <dl className={styles.facts}>
      {facts.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
