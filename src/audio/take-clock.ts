/**
 * The clock of the takes, in whole frames of the audio context: seconds accumulate rounding, and one frame of difference
 * between two takes is a comb filter. Pure; the mixer schedules by it and the playhead reads it.
 */

/** One uninterrupted run of the clock. All fields are frames, `contextFrame` of the context and the others of the takes. */
export type ClockRun = {
  /** When it starts. */
  readonly contextFrame: number
  /** Where it starts; before `endFrame`. */
  readonly fromFrame: number
  /** First frame that is not played. */
  readonly endFrame: number
  /** Where to go on at `endFrame`; a run without one ends there. */
  readonly loopFrame?: number
}

/** Frame of the takes that sounds at `contextFrame`: `fromFrame` before the run, `endFrame` after the end of one that ends. */
export function positionAt(run: ClockRun, contextFrame: number): number {
  const position = run.fromFrame + Math.max(0, contextFrame - run.contextFrame)
  if (position < run.endFrame) return position
  if (run.loopFrame === undefined) return run.endFrame
  return run.loopFrame + ((position - run.endFrame) % (run.endFrame - run.loopFrame))
}
