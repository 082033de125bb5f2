/** What is heard: the player's state as the page shows it, and the takes and gains that the player gets. */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import type { TimeRange } from '../../audio/player.ts'
import { ProblemError } from '../../base/problem.ts'
import type { Services } from '../services.ts'
import type { GetState, PlaybackSlice, SetState } from '../state.ts'

/** What is looped where nothing was chosen: a few words. */
const loopAboutSeconds = 2

export function createPlaybackSlice(
  set: SetState,
  get: GetState,
  { player, clips }: Services,
): PlaybackSlice {
  /** Of an address, until there is something to loop. */
  let awaited: TimeRange | undefined

  player.onChange(({ playing, audibleId, region, problem }) => {
    const interrupted = problem !== undefined && get().playing && !playing
    const { audibleId: before, takes } = get()
    const switched = audibleId !== before && takes.some(({ id }) => id === before)
    set({
      playing,
      audibleId,
      region,
      ...(switched && { heardBeforeId: before }),
      ...(region && { lastRegion: region }),
    })
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
      const followed = (takeId?: string) => (replaced && replaced.from === takeId ? replaced.to : takeId)
      player.setTakes(
        takes.map(({ id }) => ({ ...clips.get(id), id, gainDb: levelsMatched ? gainOf(id) : 0 })),
        followed(audibleId),
      )
      if (awaited && takes.length > 0) {
        player.loopRegion(awaited)
        awaited = undefined
      }
      set(({ takes: current, heardBeforeId }) => ({
        heardBeforeId: current.find(({ id }) => id === followed(heardBeforeId))?.id,
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
    select: (takeId) => player.hear(takeId),
    toggleLastTwo() {
      const { takes, audibleId, heardBeforeId } = get()
      const other = heardBeforeId ?? takes.find(({ id }) => id !== audibleId)?.id
      if (other) player.hear(other)
    },
    seek(seconds) {
      player.seek(seconds)
      set(({ seeks }) => ({ seeks: seeks + 1 }))
    },
    seekBy: (seconds) => get().seek(player.positionSeconds() + seconds),
    async playFromStart() {
      get().seek(get().region?.startSeconds ?? 0)
      await get().play()
    },
    loopRegion(region) {
      awaited = get().takes.length === 0 ? region : undefined
      player.loopRegion(region)
      if (!region || awaited) set({ lastRegion: region })
    },
    toggleLoop() {
      const { region, lastRegion, shownSeconds } = get()
      const aboutSeconds = Math.max(0, player.positionSeconds() - loopAboutSeconds / 2)
      const twoSeconds = { startSeconds: aboutSeconds, endSeconds: aboutSeconds + loopAboutSeconds }
      player.loopRegion(region ? undefined : (lastRegion ?? shownSeconds ?? twoSeconds))
    },
    matchLevels(levelsMatched) {
      set({ levelsMatched })
      get().refreshTakes()
    },
  }
}
