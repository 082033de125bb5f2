/** The stretch of the time axis that is shown, and how it is changed. Pure; a stretch that is all of the axis is undefined. */
import type { TimeRange } from '../../audio/player.ts'

/** A pitch period or two: nearer than this there is nothing more to see. */
const minSeconds = 0.02

/** What is shown of an axis, inside it; all of it where nothing, or nothing of this axis, is chosen. */
export function shownOf(chosen: TimeRange | undefined, axisSeconds: number): TimeRange {
  const whole = { startSeconds: 0, endSeconds: axisSeconds }
  if (!chosen || chosen.startSeconds >= axisSeconds) return whole
  return place(chosen.startSeconds, chosen.endSeconds - chosen.startSeconds, axisSeconds) ?? whole
}

/** `lengthSeconds` from `startSeconds` on, moved and cut to lie inside the axis. */
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

/** `factor` times as much detail; what is at `aboutSeconds` stays where it is. */
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

/** The stretch of the same length in which `seconds` is: one page on from it, or with `seconds` a little from its start. */
export function turnedTo(shown: TimeRange, axisSeconds: number, seconds: number): TimeRange | undefined {
  const length = shown.endSeconds - shown.startSeconds
  if (seconds >= shown.startSeconds && seconds < shown.endSeconds)
    return place(shown.startSeconds, length, axisSeconds)
  const goesOn = seconds >= shown.endSeconds && seconds < shown.endSeconds + length
  return place(goesOn ? shown.endSeconds : seconds - length / 10, length, axisSeconds)
}
