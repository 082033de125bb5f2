/** The synthesis and cancel buttons, and the progress of each system. */
import { useEffect, useLayoutEffect, useRef } from 'react'
import { isReadyToSynthesize } from '../../store/synthesis/is-ready.ts'
import type { Run } from '../../store/synthesis/synthesis-state.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { Bar } from '../controls/Bar.tsx'
import { addressOf } from '../navigation/view-id.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import { EngineLine } from './EngineLine.tsx'
import styles from './SynthesisPanel.module.css'

export function SynthesisPanel() {
  const { runs, made, ready } = usePage((state) => ({
    runs: state.synthesis.runs,
    made: state.takes.all.filter(({ making }) => making).length,
    ready: isReadyToSynthesize(state),
  }))
  const { run, cancel } = useActions().synthesis
  const button = useRef<HTMLButtonElement>(null)
  const canRun = ready && runs === undefined
  return (
    <section aria-label="Synthesis" className={styles.panel}>
      <div className={styles.buttons}>
        {/* A disabled button would lose the focus; this one keeps it and does nothing. */}
        <button
          ref={button}
          type="button"
          className="button primary"
          aria-disabled={!canRun}
          onClick={() => canRun && void run()}
        >
          Synthesize
        </button>
        {runs && <CancelButton onCancel={cancel} onGone={() => button.current?.focus()} />}
      </div>
      {runs ? <Progress runs={runs} /> : <EngineLine />}
      <StreamLine />
      <TrainingLine />
      <p className="visually-hidden" role="status">
        {runs || made === 0 ? '' : `${made} ${made === 1 ? 'take is' : 'takes are'} ready.`}
      </p>
    </section>
  )
}

/** Lets the user hear the beginning of a long waveform while the rest is being made. */
function StreamLine() {
  const { run, listening } = usePage(({ synthesis }) => ({
    run: synthesis.runs?.find(({ state, madeSeconds }) => state === 'running' && madeSeconds !== undefined),
    listening: synthesis.listening,
  }))
  const { listen, stopListening } = useActions().synthesis
  useEffect(() => stopListening, [stopListening])
  if (!run && !listening) return null
  return (
    <p className={styles.stream}>
      <button
        type="button"
        className="button small"
        onClick={() => (listening ? stopListening() : void listen())}
      >
        {listening ? 'Stop listening' : 'Listen now'}
      </button>
      {run?.madeSeconds !== undefined && (
        <span className="small soft">{`${Math.floor(run.madeSeconds)} s of ${systemNames[run.system]}`}</span>
      )}
    </p>
  )
}

type CancelProps = {
  readonly onCancel: () => void
  /** Called when the button disappears while it has the focus. */
  readonly onGone: () => void
}

function CancelButton({ onCancel, onGone }: CancelProps) {
  const ref = useRef<HTMLButtonElement>(null)
  const gone = useRef(onGone)
  useLayoutEffect(() => {
    const button = ref.current
    return () => {
      if (button && document.activeElement === button) gone.current()
    }
  }, [])
  return (
    <button ref={ref} type="button" className="button" onClick={onCancel}>
      Cancel
    </button>
  )
}

/** Reports a running or interrupted training session, which another view shows. */
function TrainingLine() {
  const text = usePage(({ training: { session, unfinished } }) => {
    if (!session) return unfinished && 'Fine-tuning was interrupted'
    if (session.phase === 'ended') return 'Fine-tuning has ended'
    return `Fine-tuning: step ${session.step} of ${session.steps}`
  })
  if (!text) return null
  return (
    <p className="small">
      <a href={addressOf('tune')} className="soft">
        {text}
      </a>
    </p>
  )
}

function Progress({ runs }: { readonly runs: readonly Run[] }) {
  const percent = Math.round((100 * runs.reduce((sum, { fraction }) => sum + fraction, 0)) / runs.length)
  return (
    <div className="stack-tight">
      <Bar
        label="Synthesis progress"
        value={percent}
        text={`${percent} percent. ${runs.map(describe).join('; ')}`}
      />
      <ul className={styles.runs}>
        {runs.map((run) => (
          <li key={run.system} style={{ '--accent': `var(--${run.system})` }}>
            <span>{systemNames[run.system]}</span>
            <Steps run={run} />
            <span className={styles.state}>{stateText(run)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function stateText({ state, step, steps, fraction }: Run): string {
  switch (state) {
    case 'waiting':
      return 'waiting'
    case 'loading':
      return 'loading'
    case 'done':
      return 'done'
    case 'failed':
      return 'failed'
    case 'running':
      return steps > 0 ? `step ${Math.min(steps, step + 1)} of ${steps}` : `${Math.round(100 * fraction)} %`
    default:
      return state satisfies never
  }
}

function describe(run: Run): string {
  return `${systemNames[run.system]}: ${stateText(run)}`
}

/** A longer schedule is drawn as one bar. */
const maxSegments = 12

/** Draws one segment per step of the reverse process; they fill one after the other. */
function Steps({ run: { steps, fraction } }: { readonly run: Run }) {
  const segments = steps > 0 && steps <= maxSegments ? steps : 1
  return (
    <span className={styles.steps} aria-hidden="true">
      {Array.from({ length: segments }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the step that the segment shows
        <span key={index} className={styles.step}>
          <span style={{ width: `${100 * Math.min(1, Math.max(0, fraction * segments - index))}%` }} />
        </span>
      ))}
    </span>
  )
}
