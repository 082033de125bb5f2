/** The list of takes: the current ones, at most one per system, then the kept ones; what they hold is freed with them. */
import type { Services } from '../services.ts'
import type { GetState, PageState, SetState, Take } from '../state.ts'
import { type System, systemNames, systems } from '../synthesis/systems.ts'
import { askedCorrections } from './take.ts'

type Libraries = Pick<Services, 'clips' | 'signals'>

type Shown = Pick<PageState, 'takes' | 'userModelId' | 'settings'>

/** Which systems have a place on the page, in the order of the cards and of the number keys. */
export function shownSystems({ takes, userModelId, settings }: Shown): readonly System[] {
  const isThere = (system: System) => currentTake(takes, system) !== undefined
  return systems.filter((system) => {
    if (system === 'tuned') return userModelId !== undefined || isThere(system)
    if (system === 'no-network') return settings.control || isThere(system)
    return system !== 'file'
  })
}

export function currentTake(takes: readonly Take[], system: System): Take | undefined {
  return takes.find((take) => take.place === 'current' && take.system === system)
}

/** A place on the page: of a take, or of a system that has not made one yet. */
export type Card = { readonly system: System; readonly take?: Take }

/** In the order of the page and of the number keys. A recording is there or it is not: nothing on the page will make it. */
export function cardsOf(state: Shown): readonly Card[] {
  const current = shownSystems(state)
    .map((system): Card => ({ system, take: currentTake(state.takes, system) }))
    .filter(({ system, take }) => take || system !== 'recording')
  const kept = state.takes.filter(({ place }) => place === 'kept')
  return [...current, ...kept.map((take) => ({ system: take.system, take }))]
}

/** Length of the time axis that all pictures share: the longest of what is on the page. */
export function axisSecondsOf({ source, takes }: Pick<PageState, 'source' | 'takes'>): number {
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

export function free({ clips, signals }: Libraries, take: Take): void {
  clips.remove(take.id)
  if (take.spectrogramId) signals.remove(take.spectrogramId)
}

function inOrder(takes: readonly Take[]): readonly Take[] {
  const current = systems.flatMap((system) => currentTake(takes, system) ?? [])
  return [...current, ...takes.filter(({ place }) => place === 'kept')]
}

/**
 * Puts `take` on the page. A current one takes the place of the one of the same system, which is kept where that was asked
 * for; whoever was listening to one that goes hears its successor.
 */
export function placeTake(set: SetState, get: GetState, libraries: Libraries, take: Take): void {
  const before = take.place === 'current' ? currentTake(get().takes, take.system) : undefined
  set(({ takes }) => ({
    takes: inOrder([
      ...takes.flatMap((one): readonly Take[] => {
        if (one !== before) return [one]
        return one.keep ? [{ ...one, place: 'kept', keep: false }] : []
      }),
      take,
    ]),
  }))
  const replaced = before && !before.keep ? before : undefined
  get().refreshTakes(replaced && { from: replaced.id, to: take.id })
  if (replaced) free(libraries, replaced)
}

/** Puts a kept take back in its place among the kept ones, `index` of them before it. */
export function putBack(set: SetState, get: GetState, take: Take, index: number): void {
  set(({ takes }) => {
    const current = takes.filter(({ place }) => place === 'current')
    const kept = takes.filter(({ place }) => place === 'kept')
    return { takes: [...current, ...kept.slice(0, index), take, ...kept.slice(index)] }
  })
  get().refreshTakes()
}

/** Takes a take off the page and leaves what it holds, which the caller frees; undefined where there is no such one. */
export function takeOff(set: SetState, get: GetState, takeId: string): Take | undefined {
  const removed = get().takes.find(({ id }) => id === takeId)
  if (!removed) return undefined
  set(({ takes }) => ({ takes: takes.filter((take) => take !== removed) }))
  get().refreshTakes()
  return removed
}

/** Removes a take, where there is such a one. */
export function removeTake(set: SetState, get: GetState, libraries: Libraries, takeId: string): void {
  const removed = takeOff(set, get, takeId)
  if (removed) free(libraries, removed)
}

/** Removes all takes; of another source, they would no longer belong to the mel on show. */
export function clearTakes(set: SetState, get: GetState, libraries: Libraries): void {
  const { takes } = get()
  get().forgetRemovedTake()
  set({ takes: [] })
  get().refreshTakes()
  for (const take of takes) free(libraries, take)
}

/** Adds what was measured, unless the take has been replaced in the meantime. */
export function updateTake(set: SetState, takeId: string, change: Partial<Take>): void {
  set(({ takes }) => ({ takes: takes.map((take) => (take.id === takeId ? { ...take, ...change } : take)) }))
}
