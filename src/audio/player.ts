/**
 * Plays the takes on one clock, so that a switch between them is a switch of the ear and not of the place: all of them run
 * all the time, sample-locked, and only one is let through.
 */
import type { Problem } from '../base/problem.ts'
import type { Clip } from './clip-library.ts'

/** Seconds on the clock that the takes share; end exclusive. */
export type TimeRange = { readonly startSeconds: number; readonly endSeconds: number }

export type PlayerTake = Clip & {
  readonly id: string
  /** At most 0: levels are matched by attenuation alone, so that nothing clips. See `matchingGainsDb`. */
  readonly gainDb: number
}

/** Plain values, a new object at every change. The position is not in it: it moves all the time. */
export type PlayerState = {
  readonly playing: boolean
  /** The take that is heard, or would be; absent only where there is no take. */
  readonly audibleId?: string
  /** Looped while it is set. */
  readonly region?: TimeRange
  /** Of the longest take; shorter ones end in silence. */
  readonly durationSeconds: number
  /** Why playing stopped of itself, until it is played again. */
  readonly problem?: Problem
}

export interface TakePlayer {
  readonly state: PlayerState
  /** Called with the new state after every change. Returns the function that stops listening. */
  onChange(listener: (state: PlayerState) => void): () => void
  /**
   * Makes `takes` the ones that there are; what is already playing goes on where the ids and samples are the same, and only
   * gains move where only they differ. If the audible take is gone, `audibleId` or else the first one is heard.
   */
  setTakes(takes: readonly PlayerTake[], audibleId?: string): void
  /** Switches without a gap or a jump, whether the clock runs or not. Ignores an id that is not there. */
  hear(takeId: string): void
  /**
   * From where the clock stands; from the start of the region, or of the takes, where it stands outside or at the end. Call
   * it from a user's gesture. Rejects with a ProblemError (`playback-blocked`, `playback-no-output`); resolves at once, still
   * silent, where there is no take.
   */
  play(): Promise<void>
  /** Keeps the position. */
  pause(): void
  /** Back to the start of the region, or of the takes. */
  stop(): void
  /** Clamped to the takes; while playing, a position outside the region leads to the region's start. */
  seek(seconds: number): void
  /** The region to loop, clamped to the takes; none plays once through. */
  loopRegion(region: TimeRange | undefined): void
  /** What is heard now, the output's delay taken off: for a playhead, at every animation frame. */
  positionSeconds(): number
  /** Stops, closes the audio output and forgets the takes. */
  dispose(): void
}
