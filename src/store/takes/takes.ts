/** The list of takes, as pure functions: the current ones, at most one per system, then the kept ones. */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import type { Source } from '../source/source-state.ts'
import type { PageState } from '../state.ts'
import { type System, systemNames, systems } from '../synthesis/systems.ts'
import { askedCorrections, type Take } from './take.ts'

/** The state that determines which cards the page shows. */
export type CardChoice = {
  readonly takes: readonly Take[]
  /** The chosen user's model. */
  readonly userModelId?: string
  /** Whether the settings ask for the take “No network”. */
  readonly control: boolean
}

export function cardChoice({
  takes,
  models,
  synthesis,
}: Pick<PageState, 'takes' | 'models' | 'synthesis'>): CardChoice {
  return { takes: takes.all, userModelId: models.chosenId, control: synthesis.settings.control }
}

/** Returns the systems with a place on the page, in the order of the cards and of the number keys. */
export function shownSystems({ takes, userModelId, control }: CardChoice): readonly System[] {
  const isThere = (system: System) => currentTake(takes, system) !== undefined
  return systems.filter((system) => {
    if (system === 'tuned') return userModelId !== undefined || isThere(system)
    if (system === 'no-network') return control || isThere(system)
    return system !== 'file'
  })
}

export function currentTake(takes: readonly Take[], system: System): Take | undefined {
  return takes.find((take) => take.place === 'current' && take.system === system)
}

/** A place on the page, for a take or for a system that has not made one yet. */
export type Card = { readonly system: System; readonly take?: Take }

/**
 * Returns the cards in the order of the page and of the number keys. A recording has no empty card, because nothing on
 * the page can make one.
 */
export function cardsOf(choice: CardChoice): readonly Card[] {
  const current = shownSystems(choice)
    .map((system): Card => ({ system, take: currentTake(choice.takes, system) }))
    .filter(({ system, take }) => take || system !== 'recording')
  const kept = choice.takes.filter(({ place }) => place === 'kept')
  return [...current, ...kept.map((take) => ({ system: take.system, take }))]
}

/** Returns the length of the time axis that all pictures share: that of the longest signal on the page. */
export function axisSecondsOf({
  source,
  takes,
}: {
  readonly source: Source | undefined
  readonly takes: readonly Take[]
}): number {
  return Math.max(source?.durationSeconds ?? 0, ...takes.map(({ durationSeconds }) => durationSeconds))
}

/** Returns the unique name of each take, by id. A current take has the name of its system. */
export function takeNames(takes: readonly Take[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    takes.map((take) => {
      const wanted = take.place === 'current' ? systemNames[take.system] : keptName(take)
      let name = wanted
      for (let copy = 2; taken.has(name); copy++) name = `${wanted} (${copy})`
      taken.add(name)
      return [take.id, name]
    }),
  )
}

function keptName({ system, making, fileName }: Take): string {
  const steps = making?.betas?.length
  const parts = [
    fileName ?? making?.modelName ?? systemNames[system],
    steps && `${steps} ${steps === 1 ? 'step' : 'steps'}`,
    askedCorrections(making?.corrections),
    making && making.seed !== 1 && `seed ${making.seed}`,
  ]
  return parts.filter((part) => part).join(', ')
}

function inOrder(takes: readonly Take[]): readonly Take[] {
  const current = systems.flatMap((system) => currentTake(takes, system) ?? [])
  return [...current, ...takes.filter(({ place }) => place === 'kept')]
}

/** Returns the list with `added` in its place; the current take of its system is dropped, or kept if so requested. */
export function withTake(takes: readonly Take[], added: Take): readonly Take[] {
  const before = added.place === 'current' ? currentTake(takes, added.system) : undefined
  return inOrder([
    ...takes.flatMap((one): readonly Take[] => {
      if (one !== before) return [one]
      return one.keep ? [{ ...one, place: 'kept', keep: false }] : []
    }),
    added,
  ])
}

/** Returns the list with a kept take restored at `index` among the kept ones. */
export function withKept(takes: readonly Take[], take: Take, index: number): readonly Take[] {
  const current = takes.filter(({ place }) => place === 'current')
  const kept = takes.filter(({ place }) => place === 'kept')
  return [...current, ...kept.slice(0, index), take, ...kept.slice(index)]
}

/** Returns the takes with gains that match the quietest one; a take without a measured loudness has a gain of 0. */
export function withGains(takes: readonly Take[]): readonly Take[] {
  const known = takes.filter(({ loudnessLufs }) => loudnessLufs !== undefined)
  const gains = matchingGainsDb(known.map(({ loudnessLufs = 0 }) => loudnessLufs))
  return takes.map((take) => {
    const gainDb = gains[known.indexOf(take)] ?? 0
    return take.gainDb === gainDb ? take : { ...take, gainDb }
  })
}
