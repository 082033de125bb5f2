/** The view that all pictures share: one axis, one time range, one range of levels, one crosshair. */
import type { TimeRange } from '../../audio/playback/player.ts'

export const frequencyAxes = ['linear', 'log', 'mel'] as const
export type FrequencyAxis = (typeof frequencyAxes)[number]

/** A position in every picture at once. */
export type Crosshair = { readonly seconds: number; readonly hz: number; readonly byKey: boolean }

export type LevelRange = { readonly lowDb: number; readonly highDb: number }

export type ViewState = {
  /** The shown part of the time axis; absent for all of it. */
  readonly shownSeconds?: TimeRange
  /** The range is the 80 dB below the peak of the loudest take if this is absent. */
  readonly lockedRange?: LevelRange
  readonly crosshair?: Crosshair
  readonly frequencyAxis: FrequencyAxis
}

export type ViewActions = {
  readonly changeAxis: (axis: FrequencyAxis) => void
  readonly showSeconds: (shown: TimeRange | undefined) => void
  readonly lockRange: (range: LevelRange | undefined) => void
  readonly pointTo: (crosshair: Crosshair | undefined) => void
  /**
   * Applies the loop and the time range of an address once its example is open; invalid values are ignored with a note.
   */
  readonly restore: (address: {
    readonly exampleId?: string
    readonly region?: TimeRange
    readonly shownSeconds?: TimeRange
  }) => void
}
