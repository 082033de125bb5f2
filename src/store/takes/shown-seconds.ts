/** The shown range of the time axis, and pure functions that change it. The whole axis is represented by undefined. */
import type { TimeRange } from '../../audio/playback/player.ts'

/** A pitch period or two: a closer view would show nothing more. */
const minSeconds = 0.02

/** Returns the shown range, limited to the axis; all of it if no range of this axis is chosen. */
export function shownOf(chosen: TimeRange | undefined, axisSeconds: number): TimeRange {
  const whole = { startSeconds: 0, endSeconds: axisSeconds }
  if (!chosen || chosen.startSeconds >= axisSeconds) return whole
  return place(chosen.startSeconds, chosen.endSeconds - chosen.startSeconds, axisSeconds) ?? whole
}

/** Returns a range of `lengthSeconds` that starts at `startSeconds`, moved and cut to lie within the axis. */
export function place(
  startSeconds: number,
  lengthSeconds: number,
  axisSeconds: number,
): TimeRange | undefined {
  const length = Math.max(minSeconds, lengthSeconds)
  if (!(length < axisSeconds * 0.999)) return undefined
  const start = Math.min(Math.max(0, startSeconds), axisSeconds - length)
  return { startSeconds: start, endSeconds: start + length }
}

/** Zooms in by `factor` around `aboutSeconds`, which keeps its place. */
export function zoomed(
  shown: TimeRange,
  axisSeconds: number,
  factor: number,
  aboutSeconds: number,
): TimeRange | undefined {
  const length = Math.max(minSeconds, (shown.endSeconds - shown.startSeconds) / factor)
  const fraction = (aboutSeconds - shown.startSeconds) / (shown.endSeconds - shown.startSeconds)
  return place(aboutSeconds - fraction * length, length, axisSeconds)
}

export function panned(shown: TimeRange, axisSeconds: number, bySeconds: number): TimeRange | undefined {
  return place(shown.startSeconds + bySeconds, shown.endSeconds - shown.startSeconds, axisSeconds)
}

/**
 * Moves the range so that it contains `seconds`: to the next page if that is enough, otherwise so that `seconds` lies
 * near its start. The length stays the same.
 */
export function turnedTo(shown: TimeRange, axisSeconds: number, seconds: number): TimeRange | undefined {
  const length = shown.endSeconds - shown.startSeconds
  if (seconds >= shown.startSeconds && seconds < shown.endSeconds)
    return place(shown.startSeconds, length, axisSeconds)
  const goesOn = seconds >= shown.endSeconds && seconds < shown.endSeconds + length
  return place(goesOn ? shown.endSeconds : seconds - length / 10, length, axisSeconds)
}
