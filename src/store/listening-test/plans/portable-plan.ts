/**
 * Makes a plan independent of this page, so that a file or a link can hold it: takes become the models, steps and seeds
 * that made them, and the open clip becomes the bundled example that it is.
 */
import { choiceOf } from '../../../base/mel-corrections.ts'
import { ProblemError } from '../../../base/problem.ts'
import type { Condition, TestPlan } from '../../../listening/plans/test-plan.ts'
import type { Source } from '../../source/source-state.ts'
import type { PageState } from '../../state.ts'
import type { Take } from '../../takes/take.ts'
import { takeNames } from '../../takes/takes.ts'

/** Returns the plan without takes. Throws `plan-has-takes` if one of them cannot be made again elsewhere. */
export function withoutTakes(plan: TestPlan, takes: readonly Take[]): TestPlan {
  return { ...plan, conditions: plan.conditions.map((one) => conditionWithoutTake(one, takes)) }
}

/** Returns a plan for a link: as `withoutTakes`, and throws `plan-clip-own` if the open clip is the user's own. */
export function linkablePlan(
  plan: TestPlan,
  { source, takes }: Pick<PageState, 'source' | 'takes'>,
): TestPlan {
  const portable = withoutTakes(plan, takes.all)
  const clips = portable.clips.map((clip) =>
    clip.kind === 'source' ? ({ kind: 'example', exampleId: exampleOf(source.current) } as const) : clip,
  )
  // The open clip may be one of the chosen examples as well.
  const keys = clips.map((clip) => JSON.stringify(clip))
  return { ...portable, clips: clips.filter((_, index) => keys.indexOf(keys[index]) === index) }
}

function exampleOf(source: Source | undefined): string {
  if (source?.exampleId) return source.exampleId
  throw new ProblemError({
    code: 'plan-clip-own',
    message: 'A link cannot hold your own clip, so this test cannot be sent as a link.',
    found: source?.title,
    accepted: 'examples and clips of the bundled voice, which every copy of the page has',
    remedy: 'Choose bundled clips for the test; or send the clip and the plan as files.',
  })
}

function conditionWithoutTake(condition: Condition, takes: readonly Take[]): Condition {
  if (condition.kind !== 'take') return condition
  const { id, takeId } = condition
  const take = takes.find((one) => one.id === takeId)
  const made = take && howToMake(take)
  if (made) return { id, label: takeNames(takes).get(takeId) ?? condition.label, ...made }
  throw new ProblemError({
    code: 'plan-has-takes',
    message: `The take “${condition.label}” exists only on this page, so the plan cannot be sent.`,
    accepted:
      'takes of models and of Griffin-Lim, and recordings, which every copy of the page can make again',
    remedy: 'Choose other takes, or systems that are made for the test.',
  })
}

type WithoutName<One> = One extends unknown ? Omit<One, 'id' | 'label'> : never

function howToMake({ system, making }: Take): WithoutName<Condition> | undefined {
  if (system === 'recording') return { kind: 'recording' }
  if (!making) return undefined
  const { modelId, betas, seed } = making
  if (system === 'griffin-lim') return { kind: 'griffin-lim', seed }
  if (!modelId) return undefined
  const corrections = making.corrections?.asked ? choiceOf(making.corrections) : undefined
  const named = { modelId, seed, ...(corrections !== undefined && { corrections }) }
  return betas ? { kind: 'model', ...named, schedule: betas } : { kind: 'no-network', ...named }
}
