/** The possible contents of a listening test on this page, and the plan that follows from the user's choices. */
import type { ModelSummary } from '../../../engine/vocoder-engine.ts'
import {
  abxOfFewSteps,
  abxOfTakes,
  cmosOverExamples,
  controlCondition,
  modelCondition,
  mushraOverVoice,
  type PlanModels,
  preferenceOverExamples,
} from '../../../listening/plans/prepared-plans.ts'
import type { Condition, PlanClip, TestKind, TestPlan } from '../../../listening/plans/test-plan.ts'
import type { Example, Source } from '../../source/source-state.ts'
import type { PageState } from '../../state.ts'
import { planControl } from '../../synthesis/plan-models.ts'
import { modelsOfSize, type Settings } from '../../synthesis/settings.ts'
import { systemNames } from '../../synthesis/systems.ts'
import { askedCorrections, type Take } from '../../takes/take.ts'
import { currentTake, takeNames } from '../../takes/takes.ts'

export type ChoicesOfPage = {
  readonly takes: readonly Take[]
  readonly models: readonly ModelSummary[]
  readonly settings: Settings
  readonly examples: readonly Example[]
  readonly voiceClips: PageState['test']['voiceClips']
  readonly source?: Source
}

/** Returns the state on which the choices depend; its members are identical objects until they change. */
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

/** The user's choices; a missing one takes its value from the default plan of that kind. */
export type PlanChoices = {
  readonly kind: TestKind
  readonly seed: number
  readonly abxTrials: number
  /** Number of presentations of each pair on each clip. */
  readonly repeats: number
  /** The first condition of an ABX test. */
  readonly firstId?: string
  readonly secondId?: string
  /** The conditions of the other kinds of test. */
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

/** Returns the existing takes by their names; the label of a current take also gives its number of steps. */
export function takeChoices({ takes }: Pick<ChoicesOfPage, 'takes'>): readonly Condition[] {
  const names = takeNames(takes)
  return takes.map(({ id, place, making }) => {
    // The name of a kept take already includes them.
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
 * Returns the conditions that can be made of any clip: every model at every number of steps for which it has a
 * schedule, with the corrections of the settings; the control; and the systems that need no model.
 */
export function madeChoices(page: Pick<ChoicesOfPage, 'models' | 'settings'>): readonly Condition[] {
  const published = modelsOfSize(page.models, page.settings.size)
  const { corrections } = page.settings
  const own = page.models.filter(({ origin }) => origin === 'user')
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

/** Returns the conditions available for that kind of test. MUSHRA includes the recording by itself. */
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

/** Returns the default plan of that kind; undefined until the models are listed. */
export function preparedPlan(page: ChoicesOfPage, choices: PlanChoices): TestPlan | undefined {
  const models = preparedModels(page)
  if (!models) return undefined
  const { kind, seed, abxTrials, repeats } = choices
  const exampleIds = page.examples.map(({ id }) => id)
  switch (kind) {
    case 'abx':
      return { ...abxOfFewSteps(models, seed, abxTrials), clips: [openClip(page)] }
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

/**
 * Returns the two conditions of an ABX test: the chosen ones, otherwise the takes of both models if they exist,
 * otherwise those of the default plan.
 */
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

/** Returns the selected conditions in list order. */
export function chosenConditions(page: ChoicesOfPage, choices: PlanChoices): readonly Condition[] {
  if (choices.kind === 'abx') return abxPair(page, choices).filter((one) => one !== undefined)
  const { conditionIds } = choices
  if (!conditionIds) return preparedPlan(page, choices)?.conditions ?? []
  return conditionChoices(page, choices.kind).filter(({ id }) => conditionIds.includes(id))
}

/**
 * Returns the clips that these conditions allow: takes exist only for the open clip, and some need a recording. An open
 * example is listed once, as that example.
 */
export function allowedClips(
  page: ChoicesOfPage,
  kind: TestKind,
  conditions: readonly Condition[],
): readonly ClipChoice[] {
  const onlyOpen = conditions.some((one) => one.kind === 'take')
  const isListedTwice = !onlyOpen && openClip(page).kind === 'example'
  const needsRecording = kind === 'mushra' || conditions.some((one) => one.kind === 'recording')
  return clipChoices(page).filter(
    ({ clip, hasRecording }) =>
      (clip.kind === 'source' ? !isListedTwice : !onlyOpen) && (!needsRecording || hasRecording),
  )
}

/** Returns the open clip as every copy of the page names it: the example that it is, otherwise the open source. */
function openClip({ source, examples }: Pick<ChoicesOfPage, 'source' | 'examples'>): PlanClip {
  const example = examples.find(({ id }) => id === source?.exampleId)
  return example ? { kind: 'example', exampleId: example.id } : { kind: 'source' }
}

/** Returns the selected clips among the allowed ones. */
export function chosenClips(page: ChoicesOfPage, choices: PlanChoices): readonly ClipChoice[] {
  const allowed = allowedClips(page, choices.kind, chosenConditions(page, choices))
  // A source that was chosen may have been replaced by an example since.
  const chosen = choices.clipKeys
    ? clipChoices(page)
        .filter(({ key }) => choices.clipKeys?.includes(key))
        .map(({ clip }) => clip)
    : (preparedPlan(page, choices)?.clips ?? [])
  const clips = chosen.map((clip) => (clip.kind === 'source' ? openClip(page) : clip))
  const wanted = allowed.filter(({ clip }) => clips.some((one) => isSameClip(one, clip)))
  // If only the open clip is allowed, the user has nothing to choose.
  return wanted.length > 0 || allowed.length !== 1 ? wanted : allowed
}

const isSameClip = (one: PlanClip, other: PlanClip) => JSON.stringify(one) === JSON.stringify(other)

/** Returns the plan, or a sentence that says what is missing. */
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

/** Keeps the title of the default plan if the plan equals it; otherwise makes a title of the compared conditions. */
function named(prepared: TestPlan, conditions: readonly Condition[], clips: readonly PlanClip[]) {
  const isPrepared =
    JSON.stringify([prepared.conditions, prepared.clips]) === JSON.stringify([conditions, clips])
  if (isPrepared) return {}
  const title = conditions.map(({ label }) => label).join(prepared.kind === 'mushra' ? '; ' : ' or ')
  return { title: title.slice(0, 400) }
}
