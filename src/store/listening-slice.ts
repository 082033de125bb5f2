/** What is heard: the player's state as the page shows it, and the takes and gains that the player gets. */
import { matchingGainsDb } from '../audio/matching-gains.ts'
import type { Region } from '../audio/player.ts'
import { ProblemError } from '../base/problem.ts'
import type { Services } from './services.ts'
import type { GetState, ListeningSlice, SetState } from './state.ts'

export function createListeningSlice(
  set: SetState,
  get: GetState,
  { player, clips }: Services,
): ListeningSlice {
  /** Of an address, until there is something to loop. */
  let awaited: Region | undefined

  player.onChange(({ playing, audibleId, region, problem }) => {
    const interrupted = problem !== undefined && get().playing && !playing
    set({ playing, audibleId, region })
    if (interrupted) get().report(new ProblemError(problem))
  })

  return {
    playing: false,
    levelsMatched: true,
    seeks: 0,
    refreshTakes(replaced) {
      const { takes, levelsMatched, audibleId } = get()
      // A take whose loudness is not known yet sounds as it is.
      const known = takes.filter(({ loudnessLufs }) => loudnessLufs !== undefined)
      const gains = matchingGainsDb(known.map(({ loudnessLufs = 0 }) => loudnessLufs))
      const gainOf = (takeId: string) => gains[known.findIndex(({ id }) => id === takeId)] ?? 0
      const wanted = replaced && replaced.from === audibleId ? replaced.to : audibleId
      player.setTakes(
        takes.map(({ id }) => ({ ...clips.get(id), id, gainDb: levelsMatched ? gainOf(id) : 0 })),
        wanted,
      )
      if (awaited && takes.length > 0) {
        player.loopRegion(awaited)
        awaited = undefined
      }
      set(({ takes: current }) => ({
        takes: current.map((take) => {
          const gainDb = gainOf(take.id)
          return take.gainDb === gainDb ? take : { ...take, gainDb }
        }),
      }))
    },
    async play(takeId) {
      if (takeId) player.hear(takeId)
      try {
        await player.play()
      } catch (thrown) {
        get().report(thrown)
      }
    },
    pause: () => player.pause(),
    hear: (takeId) => player.hear(takeId),
    seek(seconds) {
      player.seek(seconds)
      set(({ seeks }) => ({ seeks: seeks + 1 }))
    },
    loopRegion(region) {
      awaited = get().takes.length === 0 ? region : undefined
      player.loopRegion(region)
    },
    matchLevels(levelsMatched) {
      set({ levelsMatched })
      get().refreshTakes()
    },
  }
}
