/** The list of takes: one per system, in the order of the systems; what they hold is freed with them. */
import type { Services } from './services.ts'
import type { GetState, SetState, Take } from './state.ts'
import { systems } from './systems.ts'

type Libraries = Pick<Services, 'clips' | 'signals'>

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
