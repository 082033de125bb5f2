/** Checks that the parts of a session agree, which its outcome assumes. */
import { withAnchors } from '../plans/anchors.ts'
import { countTrials, stimulusId } from '../plans/draw-trials.ts'
import type { TestKind } from '../plans/test-plan.ts'
import type { Answer, Stimulus, TestSession, Trial } from '../test-session.ts'

/** The first inconsistency; undefined if there is none. */
export function validateSession(session: TestSession): string | undefined {
  const { plan, clipTitles, stimuli, trials, answers, startedAt, finishedAt } = session
  if (clipTitles.length !== plan.clips.length)
    return `${clipTitles.length} titles of ${plan.clips.length} clips`
  const planned = countTrials(plan, plan.clips.length)
  if (trials.length !== planned) return `${trials.length} trials where the plan has ${planned}`
  if (finishedAt !== undefined && answers.length < trials.length)
    return `${answers.length} answers to ${trials.length} trials of a test that was finished`
  if (finishedAt !== undefined && Date.parse(finishedAt) < Date.parse(startedAt))
    return 'an end before the start'
  return inStimuli(session) ?? inTrials(trials, plan.kind, stimuli, session) ?? inAnswers(session)
}

function inStimuli({ plan, stimuli }: TestSession): string | undefined {
  const conditions = new Map(withAnchors(plan).conditions.map((condition) => [condition.id, condition]))
  const seen = new Set<string>()
  for (const { id, clip, conditionId, making } of stimuli) {
    const condition = conditions.get(conditionId)
    if (!condition || clip >= plan.clips.length || id !== stimulusId(clip, conditionId))
      return `a stimulus "${id}" that is not in the plan`
    if (seen.has(id)) return `the stimulus "${id}" twice`
    seen.add(id)
    const hasModel = condition.kind === 'model' || condition.kind === 'no-network'
    if (hasModel && making && making.modelId !== condition.modelId)
      return `a stimulus "${id}" made by another model`
    if (condition.kind === 'model' && making && !making.betas) return `a stimulus "${id}" without its betas`
    if (condition.kind === 'no-network' && making?.betas) return `a stimulus "${id}" made by a network`
  }
  return undefined
}

function inTrials(
  trials: readonly Trial[],
  kind: TestKind,
  stimuli: readonly Stimulus[],
  { plan }: TestSession,
): string | undefined {
  const clips = new Map(stimuli.map(({ id, clip }) => [id, clip]))
  const stimuliPerTrial = kind === 'mushra' ? withAnchors(plan).conditions.length : 2
  for (const [index, { clip, stimuli: heard, x }] of trials.entries()) {
    const name = `trial ${index + 1}`
    const stranger = heard.find((id) => clips.get(id) !== clip)
    if (stranger !== undefined) return `${name} with a stimulus "${stranger}" of another clip`
    if (new Set(heard).size < heard.length) return `${name} with a stimulus twice`
    if (heard.length !== stimuliPerTrial) return `${name} of ${heard.length} stimuli, not ${stimuliPerTrial}`
    if ((x !== undefined) !== (kind === 'abx'))
      return kind === 'abx' ? `${name} without its X` : `${name} with an X`
  }
  return undefined
}

function inAnswers({ plan, trials, answers }: TestSession): string | undefined {
  const answered = new Set<number>()
  for (const [index, answer] of answers.entries()) {
    const name = `answer ${index + 1}`
    const trial = trials[answer.trial]
    if (!trial) return `${name} to a trial that does not exist`
    if (answered.has(answer.trial)) return `two answers to trial ${answer.trial + 1}`
    answered.add(answer.trial)
    if (!fits(answer, trial, plan.kind)) return `${name}, which does not answer the question of this test`
  }
  return undefined
}

function fits({ choice, comparison, ratings }: Answer, { stimuli }: Trial, kind: TestKind): boolean {
  switch (kind) {
    case 'abx':
      return choice !== undefined && choice !== null && comparison === undefined && !ratings
    case 'preference':
      return choice !== undefined && comparison === undefined && !ratings
    case 'cmos':
      return comparison !== undefined && choice === undefined && !ratings
    case 'mushra':
      return ratings?.length === stimuli.length && choice === undefined && comparison === undefined
    default:
      return kind satisfies never
  }
}
