/** The list of takes, pure: the current ones, at most one per system, then the kept ones. */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import type { Source } from '../source/source-state.ts'
import type { PageState } from '../state.ts'
import { type System, systemNames, systems } from '../synthesis/systems.ts'
import { askedCorrections, type Take } from './take.ts'

/** What the cards on the page are chosen by. */
export type CardChoice = {
  readonly takes: readonly Take[]
  /** The user's own model that is chosen. */
  readonly userModelId?: string
  /** Whether the settings want the take “No network”. */
  readonly control: boolean
}

export function cardChoice({
  takes,
  models,
  synthesis,
}: Pick<PageState, 'takes' | 'models' | 'synthesis'>): CardChoice {
  return { takes: takes.all, userModelId: models.chosenId, control: synthesis.settings.control }
}

/** Which systems have a place on the page, in the order of the cards and of the number keys. */
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

/** A place on the page: of a take, or of a system that has not made one yet. */
export type Card = { readonly system: System; readonly take?: Take }

/** In the order of the page and of the number keys. A recording is there or it is not: nothing on the page will make it. */
export function cardsOf(choice: CardChoice): readonly Card[] {
  const current = shownSystems(choice)
    .map((system): Card => ({ system, take: currentTake(choice.takes, system) }))
    .filter(({ system, take }) => take || system !== 'recording')
  const kept = choice.takes.filter(({ place }) => place === 'kept')
  return [...current, ...kept.map((take) => ({ system: take.system, take }))]
}

/** Length of the time axis that all pictures share: the longest of what is on the page. */
export function axisSecondsOf({
  source,
  takes,
}: {
  readonly source: Source | undefined
  readonly takes: readonly Take[]
}): number {
  return Math.max(source?.durationSeconds ?? 0, ...takes.map(({ durationSeconds }) => durationSeconds))
}

/** What each take is called, by id; no two alike. A current one is called as its system is. */
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

/** With `added` in its place; the current take of its system gives way to it, or is kept where that was asked for. */
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

/** With a kept take back in its place among the kept ones, `index` of them before it. */
export function withKept(takes: readonly Take[], take: Take, index: number): readonly Take[] {
  const current = takes.filter(({ place }) => place === 'current')
  const kept = takes.filter(({ place }) => place === 'kept')
  return [...current, ...kept.slice(0, index), take, ...kept.slice(index)]
}

/** With the gains that make all takes as loud as the quietest; one whose loudness is not known yet sounds as it is. */
export function withGains(takes: readonly Take[]): readonly Take[] {
  const known = takes.filter(({ loudnessLufs }) => loudnessLufs !== undefined)
  const gains = matchingGainsDb(known.map(({ loudnessLufs = 0 }) => loudnessLufs))
  return takes.map((take) => {
    const gainDb = gains[known.indexOf(take)] ?? 0
    return take.gainDb === gainDb ? take : { ...take, gainDb }
  })
}
