/** The reverse process, step by step, of every model of the settings. */
import type { PlannedModel } from '../synthesis/plan-models.ts'
import type { TakeCorrections } from '../takes/take.ts'

/** What a model took for the speech at one step: a waveform in the clip library and its picture. */
export type DenoisingFrame = {
  /** Of its samples. */
  readonly id: string
  /** 0: noise that no network has seen. */
  readonly step: number
  readonly spectrogramId: string
  readonly peakDb: number
  readonly loudnessLufs: number
  /** Arrives last; NaN where it cannot be measured. See `Film.figure`. */
  readonly figure?: number
}

export type DenoisingStrip = {
  readonly system: PlannedModel['system']
  /** Of the model, as the page calls it. */
  readonly name: string
  readonly steps: number
  /** Of every frame. */
  readonly corrections: TakeCorrections
  readonly frames: readonly DenoisingFrame[]
}

/**
 * In dB. `lsd`: log-spectral distance to the recording. `to-the-end`, where there is none: rms level difference to the
 * model's own last step. The mel error would tell nothing, since the prior's corrections bring every estimate to the mel.
 */
export type DenoisingFigure = 'lsd' | 'to-the-end'

export type Film = {
  readonly seed: number
  readonly figure: DenoisingFigure
  readonly strips: readonly DenoisingStrip[]
}

export type DenoisingSlice = {
  readonly film?: Film
  /** While one is made: what is done now, and how much of all, 0..1. */
  readonly filming?: { readonly doing: string; readonly fraction: number }
  readonly denoisingPlaying: boolean
  readonly heardFrameId?: string
  /** Runs the models of the settings on the page's source and keeps every step. What was there before stays until then. */
  readonly showEveryStep: () => Promise<void>
  readonly cancelDenoising: () => void
  readonly clearDenoising: () => void
  /** Plays the frame, from where the clock of the film stands. */
  readonly playFrame: (frameId: string) => Promise<void>
  readonly pauseDenoising: () => void
}
