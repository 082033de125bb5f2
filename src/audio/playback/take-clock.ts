/**
 * The clock of the takes, in whole frames of the audio context: seconds accumulate rounding errors, and an offset of
 * one frame between two takes is a comb filter. Pure; the mixer schedules with it and the playhead reads it.
 */

/**
 * One uninterrupted run of the clock. All fields are in frames: `contextFrame` of the context, the others of the takes.
 */
export type ClockRun = {
  /** The time at which it starts. */
  readonly contextFrame: number
  /** The position at which it starts; before `endFrame`. */
  readonly fromFrame: number
  /** First frame that is not played. */
  readonly endFrame: number
  /** The position to continue from at `endFrame`; a run without one ends there. */
  readonly loopFrame?: number
}

/** The position at `contextFrame`: `fromFrame` before the run, `endFrame` after a run without a loop. */
export function positionAt(run: ClockRun, contextFrame: number): number {
  const position = run.fromFrame + Math.max(0, contextFrame - run.contextFrame)
  if (position < run.endFrame) return position
  if (run.loopFrame === undefined) return run.endFrame
  return run.loopFrame + ((position - run.endFrame) % (run.endFrame - run.loopFrame))
}
