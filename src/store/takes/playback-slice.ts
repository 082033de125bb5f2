/** Playback: the player's state for the page, and the takes and gains for the player. */
import type { TimeRange } from '../../audio/playback/player.ts'
import { ProblemError } from '../../base/problem.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { PlaybackActions, PlaybackState } from './playback-state.ts'
import type { Take } from './take.ts'
import { currentTake } from './takes.ts'

/** Length of the default loop: a few words. */
const loopAboutSeconds = 2

export function createPlaybackSlice({
  get,
  set,
  actions,
  services: { player, clips },
  watch,
}: SliceContext<'playback'>): Slice<PlaybackState, PlaybackActions> {
  /** The loop of an address, until there is a take to loop. */
  let awaited: TimeRange | undefined
  /** Whether the user has chosen a take of this source. */
  let isChosen = false

  player.onChange(({ playing, audibleId, region, problem }) => {
    const { audibleId: before, playing: wasPlaying } = get().playback
    const interrupted = problem !== undefined && wasPlaying && !playing
    const switched = audibleId !== before && get().takes.all.some(({ id }) => id === before)
    set({
      playing,
      audibleId,
      region,
      ...(switched && { previousId: before }),
      ...(region && { lastRegion: region }),
    })
    if (interrupted) actions.problems.report(new ProblemError(problem))
  })

  /** Gives the player the takes; if the selected take was replaced, its successor is selected. */
  function handOver(takes: readonly Take[], before: readonly Take[]): void {
    const { levelsMatched, audibleId, previousId, playing } = get().playback
    // The take that the page is about is selected first, whichever take is ready first.
    const preferred = isChosen || playing ? undefined : currentTake(takes, 'infergrad')?.id
    player.setTakes(
      takes.map(({ id, gainDb = 0 }) => ({ ...clips.get(id), id, gainDb: levelsMatched ? gainDb : 0 })),
      preferred ?? followed(audibleId, takes, before),
    )
    if (awaited && takes.length > 0) {
      player.loopRegion(awaited)
      awaited = undefined
    }
    const beforeId = followed(previousId, takes, before)
    set({ previousId: takes.some(({ id }) => id === beforeId) ? beforeId : undefined })
  }

  watch(
    ({ source }) => source.current,
    () => {
      isChosen = false
      actions.playback.loopRegion(undefined)
    },
  )
  watch(
    ({ takes }) => takes.all,
    (takes, before) => {
      if (!soundAlike(takes, before)) handOver(takes, before)
    },
  )

  return {
    state: { playing: false, levelsMatched: true, seeks: 0 },
    actions: {
      async play(takeId) {
        if (takeId) actions.playback.select(takeId)
        try {
          await player.play()
        } catch (thrown) {
          actions.problems.report(thrown)
        }
      },
      pause: () => player.pause(),
      select(takeId) {
        isChosen = true
        player.select(takeId)
      },
      toggleLastTwo() {
        const { audibleId, previousId } = get().playback
        const other = previousId ?? get().takes.all.find(({ id }) => id !== audibleId)?.id
        if (other) actions.playback.select(other)
      },
      seek(seconds) {
        player.seek(seconds)
        set(({ seeks }) => ({ seeks: seeks + 1 }))
      },
      seekBy: (seconds) => actions.playback.seek(player.positionSeconds() + seconds),
      async playFromStart() {
        actions.playback.seek(get().playback.region?.startSeconds ?? 0)
        await actions.playback.play()
      },
      loopRegion(region) {
        awaited = get().takes.all.length === 0 ? region : undefined
        player.loopRegion(region)
        if (!region || awaited) set({ lastRegion: region })
      },
      toggleLoop() {
        const { region, lastRegion } = get().playback
        const aboutSeconds = Math.max(0, player.positionSeconds() - loopAboutSeconds / 2)
        const twoSeconds = { startSeconds: aboutSeconds, endSeconds: aboutSeconds + loopAboutSeconds }
        player.loopRegion(region ? undefined : (lastRegion ?? get().view.shownSeconds ?? twoSeconds))
      },
      matchLevels(levelsMatched) {
        set({ levelsMatched })
        handOver(get().takes.all, get().takes.all)
      },
    },
  }
}

/** Whether the player would play both lists alike; of a take's measurements only its gain is audible. */
function soundAlike(takes: readonly Take[], others: readonly Take[]): boolean {
  return (
    takes.length === others.length &&
    takes.every(({ id, gainDb }, index) => id === others[index].id && gainDb === others[index].gainDb)
  )
}

/** Returns the id of the take itself; if it was current and is gone, the id of the current take of the same system. */
function followed(
  takeId: string | undefined,
  takes: readonly Take[],
  before: readonly Take[],
): string | undefined {
  const gone = takes.some(({ id }) => id === takeId) ? undefined : before.find(({ id }) => id === takeId)
  const successor = gone?.place === 'current' ? currentTake(takes, gone.system) : undefined
  return successor?.id ?? takeId
}
