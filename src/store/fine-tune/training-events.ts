/** Applies a session's events to its state. The functions are pure: the caller first stores the samples of an event. */
import type { TrainingEvent, TrainingHistory } from '../../engine/training/training-engine.ts'
import { appendPoints, curvesUpTo } from './loss-curves.ts'
import type { TrainingSession } from './training-state.ts'

export type StepEvent = Extract<TrainingEvent, { kind: 'step' }>
/** Snapshots are handled by their own slice. */
type OtherEvent = Exclude<TrainingEvent, { kind: 'step' | 'snapshot' }>

/** Applies several steps at once, in order; on a fast device there are more steps than animation frames. */
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
      const { kind: _, ...checkpoint } = event
      return { ...session, checkpoint }
    }
    case 'restarted': {
      const { step, reason } = event
      return { ...backTo(session, step), restarts: [...session.restarts, { step, reason }] }
    }
    default:
      return event satisfies never
  }
}

/** Replaces the history of this visit by that of an earlier one. */
function withHistory(session: TrainingSession, history: TrainingHistory | undefined): TrainingSession {
  if (!history) return session
  const { steps, values } = history
  return {
    ...session,
    curves: { steps, values },
    evaluations: history.evaluations,
  }
}

/** Drops the data after `step`, which the session will repeat. */
function backTo(session: TrainingSession, step: number): TrainingSession {
  return {
    ...session,
    step,
    curves: curvesUpTo(session.curves, step),
    evaluations: session.evaluations.filter((one) => one.step <= step),
  }
}
