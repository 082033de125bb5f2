/** The reverse process, step by step, for every model of the settings. */
import type { PlannedModel } from '../synthesis/plan-models.ts'
import type { TakeCorrections } from '../takes/take.ts'

/** A model's estimate of the speech at one step: a waveform in the clip library and its picture. */
export type DenoisingFrame = {
  /** The id of its samples in the clip library. */
  readonly id: string
  /** Number of the step; 0 is the input noise, before any network evaluation. */
  readonly step: number
  readonly spectrogramId: string
  readonly peakDb: number
  readonly loudnessLufs: number
  /** Arrives last; NaN if it cannot be measured. See `DenoisingState.figure`. */
  readonly figure?: number
}

export type DenoisingStrip = {
  readonly system: PlannedModel['system']
  /** The display name of the model. */
  readonly name: string
  readonly steps: number
  /** The mel corrections that are applied to every frame. */
  readonly corrections: TakeCorrections
  readonly frames: readonly DenoisingFrame[]
}

/**
 * A measure in dB. `lsd` is the log-spectral distance to the recording. `to-the-end`, used without a recording, is the
 * rms level difference from the model's last step. The mel error would not discriminate, since the prior's corrections
 * bring every estimate to the mel.
 */
export type DenoisingFigure = 'lsd' | 'to-the-end'

export type DenoisingState = {
  /** One strip per finished model, in the order of the cards. */
  readonly strips: readonly DenoisingStrip[]
  /** The measure of the frames' figures. */
  readonly figure: DenoisingFigure
  /** While strips are being made: the current activity, and the overall progress, 0..1. */
  readonly progress?: { readonly doing: string; readonly fraction: number }
  readonly playing: boolean
  readonly audibleFrameId?: string
}

export type DenoisingActions = {
  /** Runs the models of the settings on the page's source and keeps every step. Earlier strips stay until then. */
  readonly run: () => Promise<void>
  readonly cancel: () => void
  /** Plays the frame from the current position of the clock that all frames share. */
  readonly playFrame: (frameId: string) => Promise<void>
  readonly pause: () => void
}
