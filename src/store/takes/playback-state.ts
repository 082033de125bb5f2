/** The takes as they are heard. */
import type { TimeRange } from '../../audio/player.ts'

export type PlaybackState = {
  readonly playing: boolean
  /** The take that is heard, or would be. */
  readonly audibleId?: string
  /** The take that was heard before it, while both are there. */
  readonly heardBeforeId?: string
  /** The loop. */
  readonly region?: TimeRange
  /** The loop that turning it on again would bring back. */
  readonly lastRegion?: TimeRange
  readonly levelsMatched: boolean
  /** How often the clock was set by hand: its position is the player's alone, so this says that it moved. */
  readonly seeks: number
}

export type PlaybackActions = {
  /** Plays `takeId`, or what was heard last, from where the clock stands. */
  readonly play: (takeId?: string) => Promise<void>
  readonly pause: () => void
  /** Switches without moving the clock, whether it runs or not. */
  readonly select: (takeId: string) => void
  /** Goes back to the take that was heard before this one. */
  readonly toggleLastTwo: () => void
  readonly seek: (seconds: number) => void
  /** Seeks from where the clock stands, back where negative. */
  readonly seekBy: (seconds: number) => void
  /** Plays from the start of the loop, or of the takes. */
  readonly playFromStart: () => Promise<void>
  readonly loopRegion: (region: TimeRange | undefined) => void
  /** Turns the loop off, and on again: what was looped last, or else what is shown, or else two seconds about the clock. */
  readonly toggleLoop: () => void
  readonly matchLevels: (matched: boolean) => void
}
