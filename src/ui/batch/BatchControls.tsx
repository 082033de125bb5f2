/** Starts, pauses, resumes and cancels a batch, and shows its progress. */
import { useEffect, useMemo } from 'react'
import { pluralize } from '../../listening/text-format.ts'
import { isToDo, planBatch } from '../../store/batch/batch-plan.ts'
import type { BatchItem, BatchState } from '../../store/batch/batch-state.ts'
import { modelChoice } from '../../store/synthesis/plan-models.ts'
import { Bar } from '../controls/Bar.tsx'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './BatchControls.module.css'
import { progressOf } from './batch-rows.ts'

type RunProps = Pick<BatchState, 'items' | 'status' | 'plan' | 'pace'>

export function BatchControls() {
  const run = usePage(({ batch: { items, status, plan, pace } }): RunProps => ({ items, status, plan, pace }))
  const ready = usePage((state) => state.models.all.length > 0)
  const { start, pause, resume, cancel, clear, retry } = useActions().batch
  const { toDo, again } = useToDo()
  const { items, status } = run
  useGuard(status !== 'idle')
  const refused = items.filter(({ state }) => state === 'refused').length
  const isRunning = status === 'running'
  if (items.length === 0) return <Announcement {...run} />
  return (
    <div className="row">
      <div className={styles.buttons}>
        {/* One button serves both states, so that it keeps the focus. */}
        {status === 'idle' ? (
          <button
            key="run"
            type="button"
            className="button primary"
            disabled={!ready || toDo === 0}
            onClick={() => void start()}
          >
            Start batch
          </button>
        ) : (
          <button key="run" type="button" className="button primary" onClick={isRunning ? pause : resume}>
            {isRunning ? 'Pause batch' : 'Resume batch'}
          </button>
        )}
        <button type="button" className="button" disabled={status === 'idle'} onClick={cancel}>
          Cancel batch
        </button>
        {refused > 0 && (
          <button type="button" className="button" onClick={() => void retry()}>
            Retry refused files
          </button>
        )}
        <button type="button" className="button quiet" onClick={clear}>
          Clear batch
        </button>
      </div>
      {status === 'idle' ? (
        <p className="small soft">{idleText(items, toDo, again)}</p>
      ) : (
        <Progress {...run} />
      )}
      <Announcement {...run} />
    </div>
  )
}

/** Asks for confirmation before the page is left during a run, because leaving discards the results. */
function useGuard(isRunning: boolean): void {
  useEffect(() => {
    if (!isRunning) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isRunning])
}

/** Returns how many files a start would process, and how many of them already have results. */
function useToDo(): { readonly toDo: number; readonly again: number } {
  const { settings, models, userModelId } = usePage(modelChoice)
  const { systems, encoding, counted } = usePage(({ batch }) => ({
    systems: batch.systems,
    encoding: batch.encoding,
    // The counts are shown only when idle, and the progress of a run would recompute them constantly.
    counted: batch.status === 'idle' ? batch.items : noItems,
  }))
  return useMemo(() => {
    const plan = planned(() => planBatch({ settings, models, userModelId }, { systems, encoding }))
    const open = plan
      ? counted.filter((item) => isToDo(item, plan))
      : counted.filter(({ state }) => state !== 'refused')
    return { toDo: open.length, again: open.filter(({ state }) => state === 'done').length }
  }, [counted, systems, encoding, settings, models, userModelId])
}

const noItems: readonly BatchItem[] = []

/** Returns undefined if the settings do not allow a start. */
function planned<Plan>(plan: () => Plan): Plan | undefined {
  try {
    return plan()
  } catch {
    return undefined
  }
}

const files = (count: number) => pluralize(count, 'file')

function idleText(items: readonly BatchItem[], toDo: number, again: number): string {
  const done = items.filter(({ state }) => state === 'done').length
  const refused = items.filter(({ state }) => state === 'refused').length
  return [
    toDo > 0 ? `${files(toDo)} to make` : `${files(done)} done`,
    again > 0 && `${again} of them again, because the settings have changed`,
    refused > 0 && `${refused} refused`,
  ]
    .filter((part) => part)
    .join(', ')
}

function timeText(seconds: number): string {
  if (seconds < 60) return 'less than a minute left'
  const minutes = Math.round(seconds / 60)
  return minutes < 90 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`
}

function Progress(run: RunProps) {
  const { items, status } = run
  const { fraction, secondsLeft } = progressOf(run)
  const percent = Math.round(100 * fraction)
  const settled = items.filter(({ state }) => state === 'done' || state === 'refused').length
  const text = [
    `${settled} of ${files(items.length)}`,
    status === 'paused' && 'paused',
    status === 'pausing' && 'pauses after this one',
    status === 'running' && secondsLeft !== undefined && timeText(secondsLeft),
  ]
    .filter((part) => part)
    .join(' · ')
  return (
    <div className={styles.progress}>
      <Bar label="Batch progress" value={percent} text={`${percent} percent, ${text}`} colour="--infergrad" />
      <p className="small">{text}</p>
    </div>
  )
}

/** Announces only changes of the run's state; announcing every file would be too much for a screen reader. */
function Announcement({ items, status, plan }: RunProps) {
  const text = () => {
    if (status === 'running') return 'The batch is running.'
    if (status === 'paused') return 'The batch is paused.'
    const done = items.filter(({ state }) => state === 'done').length
    const refused = items.filter(({ state }) => state === 'refused').length
    if (status !== 'idle' || plan.length === 0 || done + refused === 0) return ''
    return `The batch has finished: ${files(done)} done${refused > 0 ? `, ${refused} refused` : ''}.`
  }
  return (
    <p role="status" className="visually-hidden">
      {text()}
    </p>
  )
}
