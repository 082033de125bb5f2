/** The playback of the takes. */
import type { TimeRange } from '../../audio/playback/player.ts'

export type PlaybackState = {
  readonly playing: boolean
  /** The take that plays, or would play. */
  readonly audibleId?: string
  /** The previously selected take, while it exists. */
  readonly previousId?: string
  /** The current loop. */
  readonly region?: TimeRange
  /** The loop that is restored when looping is turned on again. */
  readonly lastRegion?: TimeRange
  readonly levelsMatched: boolean
  /** Number of seeks by the user. The position is known only to the player; this tells the page that it jumped. */
  readonly seeks: number
}

export type PlaybackActions = {
  /** Plays `takeId`, or the last selected take, from the current position. */
  readonly play: (takeId?: string) => Promise<void>
  readonly pause: () => void
  /** Selects a take without moving the clock, whether it runs or not. */
  readonly select: (takeId: string) => void
  /** Selects the previously selected take. */
  readonly toggleLastTwo: () => void
  readonly seek: (seconds: number) => void
  /** Seeks relative to the current position, back if negative. */
  readonly seekBy: (seconds: number) => void
  /** Plays from the start of the loop, or of the takes. */
  readonly playFromStart: () => Promise<void>
  readonly loopRegion: (region: TimeRange | undefined) => void
  /**
   * Turns the loop off or on: the last loop, otherwise the shown time range, otherwise two seconds around the position.
   */
  readonly toggleLoop: () => void
  readonly matchLevels: (matched: boolean) => void
}
