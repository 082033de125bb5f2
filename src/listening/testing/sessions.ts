/** Makes sessions of any plan for tests, answered by a rule. */
import { withAnchors } from '../plans/anchors.ts'
import { drawTrials, stimulusId } from '../plans/draw-trials.ts'
import type { Condition, TestKind, TestPlan } from '../plans/test-plan.ts'
import type { Answer, Stimulus, TestSession, Trial } from '../test-session.ts'

const conditions: readonly Condition[] = [
  { id: 'w6', label: 'WaveGrad, 6 steps', kind: 'model', modelId: 'wavegrad-small', schedule: '6', seed: 1 },
  {
    id: 'i2',
    label: 'InferGrad, 2 steps',
    kind: 'model',
    modelId: 'infergrad-small',
    schedule: '2',
    seed: 1,
  },
  { id: 'gl', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 1 },
]

/** A plan over clips of the bundled voice; an ABX plan uses the first two conditions. */
export function planOf(
  kind: TestKind,
  { trials = 2, clips = 3, seed = 7 }: { trials?: number; clips?: number; seed?: number } = {},
): TestPlan {
  return {
    format: 'listening-plan',
    version: 1,
    kind,
    title: `A test by ${kind}`,
    seed,
    trials,
    clips: Array.from({ length: clips }, (_, clip) => ({ kind: 'voice', file: `0${clip + 1}.flac` })),
    conditions: kind === 'abx' ? conditions.slice(0, 2) : conditions,
  }
}

/** `rule` answers a trial, given the conditions of its stimuli. */
export function sessionOf(
  plan: TestPlan,
  rule: (
    trial: Trial,
    conditionIds: readonly string[],
    index: number,
  ) => Pick<Answer, 'choice' | 'comparison' | 'ratings'>,
): TestSession {
  const stimuli = plan.clips.flatMap((_, clip) =>
    withAnchors(plan).conditions.map((condition, index) => stimulusOf(clip, condition, index)),
  )
  const trials = drawTrials(plan, plan.clips.length)
  return {
    plan,
    clipTitles: plan.clips.map((_, clip) => `Clip ${clip + 1}`),
    stimuli,
    trials,
    answers: trials.map((trial, index) => ({
      trial: index,
      ...rule(
        trial,
        trial.stimuli.map((id) => id.slice(id.indexOf(':') + 1)),
        index,
      ),
      seconds: 4.5 + index,
    })),
    takenBack: 0,
    environment: { userAgent: 'Testing/1.0', backend: 'wasm', page: '0.1.0' },
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:14:05.000Z',
  }
}

function stimulusOf(clip: number, condition: Condition, index: number): Stimulus {
  const stimulus = {
    id: stimulusId(clip, condition.id),
    clip,
    conditionId: condition.id,
    sha256: `${clip}${index}`.padStart(64, 'a'),
    durationSeconds: 3.25,
    sampleRateHz: 22_050,
    loudnessLufs: -23 + index / 2,
    gainDb: 0 - index / 2,
  }
  if (condition.kind !== 'model') return stimulus
  return {
    ...stimulus,
    making: {
      modelId: condition.modelId,
      weightsSha256: `${index}`.padStart(64, 'b'),
      betas: condition.schedule === '2' ? [0.03, 0.8] : [0.0002, 0.02, 0.02, 0.14, 0.64, 0.7],
      seed: condition.seed,
      corrections: { count: 4, momentum: 0, scope: 'all' },
      backend: 'wasm',
    },
  }
}

/** A finished session of each kind, with varying answers. */
export function answeredSession(kind: TestKind): TestSession {
  const plan = planOf(kind, { trials: kind === 'abx' ? 10 : 1 })
  return sessionOf(plan, ({ stimuli }, _, index) => {
    switch (kind) {
      case 'abx':
        return { choice: index % 3 === 0 ? 0 : 1 }
      case 'preference':
        return { choice: ([0, 1, null] as const)[index % 3] }
      case 'cmos':
        return { comparison: (index % 7) - 3 }
      case 'mushra':
        return { ratings: stimuli.map((_, slider) => (17 * slider + 31 * index) % 101) }
      default:
        return kind satisfies never
    }
  })
}
