/** The list of takes: one per system, in the order of the systems; what they hold is freed with them. */
import type { Services } from './services.ts'
import type { GetState, PageState, SetState, Take } from './state.ts'
import { type System, systems } from './systems.ts'

type Libraries = Pick<Services, 'clips' | 'signals'>

/** Which systems have a place on the page, in the order of the cards and of the number keys. */
export function shownSystems({
  takes,
  tunedModelId,
}: Pick<PageState, 'takes' | 'tunedModelId'>): readonly System[] {
  const withTuned = tunedModelId !== undefined || takes.some(({ system }) => system === 'tuned')
  return systems.filter((system) => system !== 'tuned' || withTuned)
}

function free({ clips, signals }: Libraries, take: Take): void {
  clips.remove(take.id)
  if (take.spectrogramId) signals.remove(take.spectrogramId)
}

/** Puts `take` in the place of the one of the same system; whoever was listening to that one hears this. */
export function placeTake(set: SetState, get: GetState, libraries: Libraries, take: Take): void {
  const replaced = get().takes.find(({ system }) => system === take.system)
  set(({ takes }) => {
    const others = takes.filter(({ system }) => system !== take.system)
    return { takes: systems.flatMap((system) => [...others, take].filter((one) => one.system === system)) }
  })
  get().refreshTakes(replaced && { from: replaced.id, to: take.id })
  if (replaced) free(libraries, replaced)
}

/** Removes the take of one system, where there is one. */
export function removeTake(set: SetState, get: GetState, libraries: Libraries, system: System): void {
  const removed = get().takes.find((take) => take.system === system)
  if (!removed) return
  set(({ takes }) => ({ takes: takes.filter((take) => take !== removed) }))
  get().refreshTakes()
  free(libraries, removed)
}

/** Removes all takes; of another source, they would no longer belong to the mel on show. */
export function clearTakes(set: SetState, get: GetState, libraries: Libraries): void {
  const { takes } = get()
  set({ takes: [] })
  get().refreshTakes()
  for (const take of takes) free(libraries, take)
}

/** Adds what was measured, unless the take has been replaced in the meantime. */
export function updateTake(set: SetState, takeId: string, change: Partial<Take>): void {
  set(({ takes }) => ({ takes: takes.map((take) => (take.id === takeId ? { ...take, ...change } : take)) }))
}
