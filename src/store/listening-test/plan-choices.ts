/** What a test can be made of on this page, and the plan that a person's choices come to. */
import type { ModelSummary } from '../../engine/vocoder-engine.ts'
import {
  abxOfFewSteps,
  abxOfTakes,
  cmosOverExamples,
  controlCondition,
  modelCondition,
  mushraOverVoice,
  type PlanModels,
  preferenceOverExamples,
} from '../../listening/plans/prepared-plans.ts'
import type { Condition, PlanClip, TestKind, TestPlan } from '../../listening/plans/test-plan.ts'
import type { Example, Source } from '../source/source-state.ts'
import type { PageState } from '../state.ts'
import { planControl } from '../synthesis/plan-models.ts'
import { modelsOfSize, type Settings } from '../synthesis/settings.ts'
import { systemNames } from '../synthesis/systems.ts'
import { askedCorrections, type Take } from '../takes/take.ts'
import { currentTake, takeNames } from '../takes/takes.ts'

export type ChoicesOfPage = {
  readonly takes: readonly Take[]
  readonly models: readonly ModelSummary[]
  readonly settings: Settings
  readonly examples: readonly Example[]
  readonly voiceClips: PageState['test']['voiceClips']
  readonly source?: Source
}

/** The same object members as long as nothing of it has changed. */
export function choicesOfPage({ takes, models, synthesis, source, test }: PageState): ChoicesOfPage {
  return {
    takes: takes.all,
    models: models.all,
    settings: synthesis.settings,
    examples: source.examples,
    voiceClips: test.voiceClips,
    source: source.current,
  }
}

/** What a person chose; what is absent is as the prepared plan of that kind has it. */
export type PlanChoices = {
  readonly kind: TestKind
  readonly seed: number
  readonly abxTrials: number
  /** How often each pair is heard on each clip. */
  readonly repeats: number
  /** ABX. */
  readonly firstId?: string
  readonly secondId?: string
  /** The other kinds. */
  readonly conditionIds?: readonly string[]
  readonly clipKeys?: readonly string[]
}

export type ClipChoice = {
  readonly key: string
  readonly label: string
  readonly group: 'page' | 'examples' | 'voice'
  readonly clip: PlanClip
  readonly hasRecording: boolean
}

const maxLabelCharacters = 200

/** The takes that are there, by their names; of a current one the number of steps is said as well. */
export function takeChoices({ takes }: Pick<ChoicesOfPage, 'takes'>): readonly Condition[] {
  const names = takeNames(takes)
  return takes.map(({ id, place, making }) => {
    // The name of a kept one says it already.
    const made =
      place === 'current'
        ? [making?.betas && stepsText(making.betas.length), askedCorrections(making?.corrections)]
        : []
    const inWords = ['take', ...made].filter((part) => part).join(', ')
    const label = `${(names.get(id) ?? id).slice(0, maxLabelCharacters - 50)} (${inWords})`
    return { id, label, kind: 'take', takeId: id }
  })
}

const stepsText = (steps: string | number) => `${steps} ${Number(steps) === 1 ? 'step' : 'steps'}`

/**
 * What can be made of any clip: every model at every number of steps that it knows, with the corrections of the settings; the
 * control; and what needs no model.
 */
export function madeChoices(page: Pick<ChoicesOfPage, 'models' | 'settings'>): readonly Condition[] {
  const published = modelsOfSize(page.models, page.settings.size)
  const { corrections } = page.settings
  const own = page.models.filter(({ origin }) => origin === 'shelf')
  const ofModels = [...published, ...own].flatMap((model) =>
    Object.keys(model.schedules).map((schedule): Condition => {
      const id =
        model.origin === 'published' ? model.objective : model.id.replace(/[^\w.-]/g, '-').slice(0, 48)
      return modelCondition(id, { id: model.id, label: nameOf(model) }, schedule, corrections)
    }),
  )
  const control = planControl(page)
  return [
    ...ofModels,
    ...(control ? [controlCondition(control.model.id, corrections)] : []),
    { id: 'griffin-lim', label: 'Griffin-Lim', kind: 'griffin-lim', seed: 1 },
    { id: 'recording', label: 'Recording', kind: 'recording' },
  ]
}

const nameOf = ({ name, objective }: ModelSummary) => name ?? systemNames[objective]

/** What may be chosen for that kind of test. MUSHRA has the recording of itself. */
export function conditionChoices(page: ChoicesOfPage, kind: TestKind): readonly Condition[] {
  const all = [...takeChoices(page), ...madeChoices(page)]
  if (kind !== 'mushra') return all
  return all.filter((one) => one.kind !== 'recording' && one.id !== currentTake(page.takes, 'recording')?.id)
}

export function clipChoices({ source, takes, examples, voiceClips }: ChoicesOfPage): readonly ClipChoice[] {
  const ofPage: readonly ClipChoice[] = source
    ? [
        {
          key: 'source',
          label: `The open clip: ${source.title}`,
          group: 'page',
          clip: { kind: 'source' },
          hasRecording: currentTake(takes, 'recording') !== undefined,
        },
      ]
    : []
  return [
    ...ofPage,
    ...examples.map(
      ({ id, title, audio }): ClipChoice => ({
        key: `example:${id}`,
        label: title,
        group: 'examples',
        clip: { kind: 'example', exampleId: id },
        hasRecording: audio !== undefined,
      }),
    ),
    ...voiceClips.map(
      ({ file, text }): ClipChoice => ({
        key: `voice:${file}`,
        label: text,
        group: 'voice',
        clip: { kind: 'voice', file },
        hasRecording: true,
      }),
    ),
  ]
}

/** The prepared plan of that kind; undefined until the models are listed. */
export function preparedPlan(page: ChoicesOfPage, choices: PlanChoices): TestPlan | undefined {
  const models = preparedModels(page)
  if (!models) return undefined
  const { kind, seed, abxTrials, repeats } = choices
  const exampleIds = page.examples.map(({ id }) => id)
  switch (kind) {
    case 'abx':
      return abxOfFewSteps(models, seed, abxTrials)
    case 'preference':
      return { ...preferenceOverExamples(models, exampleIds, seed), trials: repeats }
    case 'cmos':
      return { ...cmosOverExamples(models, exampleIds, seed), trials: repeats }
    case 'mushra':
      return mushraOverVoice(
        models,
        page.voiceClips.map(({ file }) => file),
        seed,
      )
    default:
      return kind satisfies never
  }
}

function preparedModels({ models, settings }: ChoicesOfPage): PlanModels | undefined {
  const ofSize = modelsOfSize(models, settings.size)
  const named = (objective: ModelSummary['objective']) => {
    const model = ofSize.find((one) => one.objective === objective)
    return model && { id: model.id, label: nameOf(model) }
  }
  const [wavegrad, infergrad] = [named('wavegrad'), named('infergrad')]
  const { corrections } = settings
  return wavegrad && infergrad && { wavegrad, infergrad, corrections }
}

/** The two that an ABX test compares: as chosen, else the takes of both models where they are, else what is prepared. */
export function abxPair(page: ChoicesOfPage, choices: PlanChoices): readonly (Condition | undefined)[] {
  const prepared = preparedPlan(page, { ...choices, kind: 'abx' })
  const all = conditionChoices(page, 'abx')
  const takes = (['wavegrad', 'infergrad'] as const).map((system) => currentTake(page.takes, system)?.id)
  const both = takes.every((id) => id !== undefined)
  return [choices.firstId, choices.secondId].map((chosen, index) => {
    const ofPrepared = prepared?.conditions[index]
    const found = all.find(({ id }) => id === chosen) ?? (both && all.find(({ id }) => id === takes[index]))
    return found || ofPrepared
  })
}

/** The conditions that the choices come to, in the order in which they are listed. */
export function chosenConditions(page: ChoicesOfPage, choices: PlanChoices): readonly Condition[] {
  if (choices.kind === 'abx') return abxPair(page, choices).filter((one) => one !== undefined)
  const { conditionIds } = choices
  if (!conditionIds) return preparedPlan(page, choices)?.conditions ?? []
  return conditionChoices(page, choices.kind).filter(({ id }) => conditionIds.includes(id))
}

/** Which clips can be taken with those conditions: takes are of the open one, and some need a recording. */
export function allowedClips(
  page: ChoicesOfPage,
  kind: TestKind,
  conditions: readonly Condition[],
): readonly ClipChoice[] {
  const onlyOpen = conditions.some((one) => one.kind === 'take')
  const needsRecording = kind === 'mushra' || conditions.some((one) => one.kind === 'recording')
  return clipChoices(page).filter(
    ({ key, hasRecording }) => (!onlyOpen || key === 'source') && (!needsRecording || hasRecording),
  )
}

/** The clips that the choices come to, of those that are allowed. */
export function chosenClips(page: ChoicesOfPage, choices: PlanChoices): readonly ClipChoice[] {
  const allowed = allowedClips(page, choices.kind, chosenConditions(page, choices))
  const prepared = preparedPlan(page, choices)?.clips ?? []
  const isPrepared = ({ clip }: ClipChoice) => prepared.some((one) => isSameClip(one, clip))
  const wanted = choices.clipKeys
    ? allowed.filter(({ key }) => choices.clipKeys?.includes(key))
    : allowed.filter(isPrepared)
  // Where only the open clip is allowed there is nothing to choose.
  return wanted.length > 0 || allowed.length !== 1 ? wanted : allowed
}

const isSameClip = (one: PlanClip, other: PlanClip) => JSON.stringify(one) === JSON.stringify(other)

/** The plan; or what it still lacks, in a sentence. */
export function planOfChoices(
  page: ChoicesOfPage,
  choices: PlanChoices,
): { readonly plan: TestPlan } | { readonly lacks: string } {
  const prepared = preparedPlan(page, choices)
  if (!prepared) return { lacks: 'The models are not listed yet.' }
  const conditions = chosenConditions(page, choices)
  const clips = chosenClips(page, choices).map(({ clip }) => clip)
  if (choices.kind === 'abx' && conditions[0]?.id === conditions[1]?.id)
    return { lacks: 'Choose two that differ.' }
  if (choices.kind !== 'abx' && conditions.length < (choices.kind === 'mushra' ? 1 : 2))
    return {
      lacks: choices.kind === 'mushra' ? 'Choose what is to be rated.' : 'Choose at least two to compare.',
    }
  if (clips.length === 0) return { lacks: 'Choose at least one clip.' }
  const [first, second] = conditions
  if (choices.kind === 'abx' && first.kind === 'take' && second.kind === 'take') {
    const of = ({ takeId, label }: typeof first) => ({ id: takeId, label })
    return { plan: abxOfTakes(of(first), of(second), choices.seed, choices.abxTrials) }
  }
  return { plan: { ...prepared, ...named(prepared, conditions, clips), clips, conditions } }
}

/** As the prepared plan is called where it is that one; else by what it compares. */
function named(prepared: TestPlan, conditions: readonly Condition[], clips: readonly PlanClip[]) {
  const isPrepared =
    JSON.stringify([prepared.conditions, prepared.clips]) === JSON.stringify([conditions, clips])
  if (isPrepared) return {}
  const title = conditions.map(({ label }) => label).join(prepared.kind === 'mushra' ? '; ' : ' or ')
  return { title: title.slice(0, 400) }
}
