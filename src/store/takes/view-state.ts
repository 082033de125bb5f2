/** How all pictures are looked at: one axis, one stretch of time, one range of levels, one crosshair. */
import type { TimeRange } from '../../audio/player.ts'

export const frequencyAxes = ['linear', 'log', 'mel'] as const
export type FrequencyAxis = (typeof frequencyAxes)[number]

/** A place in every picture at once. */
export type Crosshair = { readonly seconds: number; readonly hz: number; readonly byKey: boolean }

export type LevelRange = { readonly lowDb: number; readonly highDb: number }

export type ViewState = {
  readonly frequencyAxis: FrequencyAxis
  /** The part of the time axis that is shown; all of it where absent. */
  readonly shownSeconds?: TimeRange
  /** Where absent, 80 dB down from the loudest take. */
  readonly lockedRange?: LevelRange
  readonly crosshair?: Crosshair
}

export type ViewActions = {
  readonly changeAxis: (axis: FrequencyAxis) => void
  readonly showSeconds: (shown: TimeRange | undefined) => void
  readonly lockRange: (range: LevelRange | undefined) => void
  readonly pointTo: (crosshair: Crosshair | undefined) => void
  /** Loops and shows what an address says, once its example is open; what does not fit is ignored with a note. */
  readonly restore: (address: {
    readonly exampleId?: string
    readonly region?: TimeRange
    readonly shownSeconds?: TimeRange
  }) => void
}
