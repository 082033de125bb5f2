/** The reverse process, step by step, of every model of the settings. */
import type { PlannedModel } from '../synthesis/plan-models.ts'
import type { TakeCorrections } from '../takes/take.ts'

/** A model's estimate of the speech at one step: a waveform in the clip library and its picture. */
export type DenoisingFrame = {
  /** The id of its samples. */
  readonly id: string
  /** 0: noise that no network has seen. */
  readonly step: number
  readonly spectrogramId: string
  readonly peakDb: number
  readonly loudnessLufs: number
  /** Arrives last; NaN where it cannot be measured. See `DenoisingState.figure`. */
  readonly figure?: number
}

export type DenoisingStrip = {
  readonly system: PlannedModel['system']
  /** The name of the model, as the page calls it. */
  readonly name: string
  readonly steps: number
  /** The mel corrections of every frame. */
  readonly corrections: TakeCorrections
  readonly frames: readonly DenoisingFrame[]
}

/**
 * In dB. `lsd`: log-spectral distance to the recording. `to-the-end`, where there is none: rms level difference to the
 * model's own last step. The mel error would tell nothing, since the prior's corrections bring every estimate to the mel.
 */
export type DenoisingFigure = 'lsd' | 'to-the-end'

export type DenoisingState = {
  /** One per model that is done, in the order of the cards. */
  readonly strips: readonly DenoisingStrip[]
  /** The measure that the frames' figures are by. */
  readonly figure: DenoisingFigure
  /** While strips are made: what is done now, and how much of all, 0..1. */
  readonly progress?: { readonly doing: string; readonly fraction: number }
  readonly playing: boolean
  readonly heardFrameId?: string
}

export type DenoisingActions = {
  /** Runs the models of the settings on the page's source and keeps every step. What was there before stays until then. */
  readonly run: () => Promise<void>
  readonly cancel: () => void
  /** Plays the frame, from where the clock of all frames stands. */
  readonly playFrame: (frameId: string) => Promise<void>
  readonly pause: () => void
}
