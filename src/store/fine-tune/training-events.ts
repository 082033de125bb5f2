/** How a session's events change what is known of it. Pure: the samples that an event brings are put away before. */
import type { TrainingEvent, TrainingHistory } from '../../engine/training/training-engine.ts'
import { appendPoints, curvesUpTo } from './loss-curves.ts'
import type { TrainingSession } from './training-state.ts'

export type StepEvent = Extract<TrainingEvent, { kind: 'step' }>
/** Snapshots are the concern of their own slice. */
type OtherEvent = Exclude<TrainingEvent, { kind: 'step' | 'snapshot' }>

/** Several steps at once, in their order; on a fast device there are more of them than frames. */
export function withSteps(session: TrainingSession, events: readonly StepEvent[]): TrainingSession {
  const latest = events.at(-1)
  if (!latest) return session
  const { step, steps, loss, gradientNorm, learningRate, secondsPerStep, remainingSeconds } = latest
  const points = events.map((event) => ({ step: event.step, values: { loss: event.loss, ...event.terms } }))
  return {
    ...session,
    step,
    steps,
    loss,
    gradientNorm,
    learningRate,
    ...(secondsPerStep > 0 && { secondsPerStep, remainingSeconds }),
    curves: appendPoints(session.curves, points),
  }
}

export function withEvent(session: TrainingSession, event: OtherEvent): TrainingSession {
  switch (event.kind) {
    case 'started':
      return {
        ...backTo(withHistory(session, event.history), event.step),
        sessionId: event.sessionId,
        settings: event.settings,
        backend: event.backend,
        trainingSeconds: event.trainingSeconds,
        heldOutSeconds: event.heldOutSeconds,
        notes: event.notes,
      }
    case 'phase':
      return { ...session, phase: event.phase, asked: undefined, pausedBy: event.problem }
    case 'evaluation': {
      const { step, figures } = event
      const others = session.evaluations.filter((one) => one.step < step)
      return { ...session, evaluations: [...others, { step, figures }] }
    }
    case 'checkpoint': {
      const { step, bytes, keptIn } = event
      return { ...session, checkpoint: { step, bytes, keptIn } }
    }
    case 'restarted': {
      const { step, reason } = event
      return { ...backTo(session, step), restarts: [...session.restarts, { step, reason }] }
    }
    default:
      return event satisfies never
  }
}

/** What an earlier visit saw of the session, in the place of what this one has. */
function withHistory(session: TrainingSession, history: TrainingHistory | undefined): TrainingSession {
  if (!history) return session
  const { steps, values } = history
  return {
    ...session,
    curves: { steps, values },
    evaluations: history.evaluations,
  }
}

/** What came after `step` will come again. */
function backTo(session: TrainingSession, step: number): TrainingSession {
  return {
    ...session,
    step,
    curves: curvesUpTo(session.curves, step),
    evaluations: session.evaluations.filter((one) => one.step <= step),
  }
}
