/**
 * Plays the takes on one clock, so that switching takes keeps the position: all of them run all the time,
 * sample-locked, and only one is audible.
 */
import type { Problem } from '../../base/problem.ts'
import type { Clip } from '../clip-library.ts'

/** A range in seconds on the clock that the takes share; end exclusive. */
export type TimeRange = { readonly startSeconds: number; readonly endSeconds: number }

export type PlayerTake = Clip & {
  readonly id: string
  /** The gain is at most 0: levels are matched by attenuation only, so that nothing clips. See `matchingGainsDb`. */
  readonly gainDb: number
}

/** Plain values, in a new object at every change. The position is not included, because it changes all the time. */
export type PlayerState = {
  readonly playing: boolean
  /** The take that is audible when playing; absent only if there are no takes. */
  readonly audibleId?: string
  /** The region to loop, if any. */
  readonly region?: TimeRange
  /** Duration of the longest take; shorter ones end in silence. */
  readonly durationSeconds: number
  /** The reason why playback stopped by itself, until the next `play`. */
  readonly problem?: Problem
}

export interface TakePlayer {
  readonly state: PlayerState
  /** Calls `listener` with the new state after every change. Returns a function that unsubscribes. */
  onChange(listener: (state: PlayerState) => void): () => void
  /**
   * Replaces the takes. Playback continues if ids and samples are the same, and only gains move if only gains differ.
   * If the audible take is gone, `audibleId` becomes audible, or else the first take.
   */
  setTakes(takes: readonly PlayerTake[], audibleId?: string): void
  /** Switches without a gap or a jump, whether the clock runs or not. Ignores an unknown id. */
  select(takeId: string): void
  /**
   * Opens the audio output for takes that are still loading. Call it in a user gesture: opening takes a browser some
   * time, and allows sound afterwards. `play` must follow, with or without takes; a failure is left to it.
   */
  openOutput(sampleRateHz: number): void
  /**
   * Plays from the position of the clock, or from the start of the region or takes if the position is outside or at the
   * end. Call it from a user gesture. Rejects with a ProblemError (`playback-blocked`, `playback-no-output`); resolves
   * at once, without playing, if there are no takes.
   */
  play(): Promise<void>
  /** Keeps the position. */
  pause(): void
  /** Returns to the start of the region or takes. */
  stop(): void
  /** Clamped to the takes; while playing, a position outside the region moves to the region's start. */
  seek(seconds: number): void
  /** Sets the region to loop, clamped to the takes; undefined plays once to the end. */
  loopRegion(region: TimeRange | undefined): void
  /** The audible position, corrected for the output's latency: for a playhead, at every animation frame. */
  positionSeconds(): number
  /** Stops, closes the audio output and drops the takes. */
  dispose(): void
}
