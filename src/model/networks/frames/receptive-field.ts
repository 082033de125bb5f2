/** The receptive field of the frame network and of its pitch network. */
import { hopFraming } from '../../../dsp/spectra/framing.ts'
import type { FrameConfig } from '../../config.ts'

/** Frames of halo that one evaluation needs on each side, for the mel, the excitation and the waveform. */
export function haloFrames({ mel, network }: FrameConfig): number {
  const { window, hopSamples, padLeft } = hopFraming(mel)
  // A frame reads from `back` hops before its own to `ahead` hops after it, and the inverse writes to the same range.
  const back = Math.ceil((padLeft - window.findIndex((weight) => weight !== 0)) / hopSamples)
  const ahead = Math.floor((window.findLastIndex((weight) => weight !== 0) - padLeft) / hopSamples)
  const blocks = reach(network)
  const { refinement } = network
  const refined = refinement
    ? refinement.times * (2 * (back + ahead) + reach({ blocks: 1, ...refinement }))
    : 0
  // The reach is `back + ahead` in the waveform, and one frame more than an FFT's in the mel, through enter_mel.
  return blocks + Math.max(back + ahead, Math.max(back, ahead) + 1) + refined
}

/** Frames of mel halo that the pitch network needs on each side. */
export function pitchHaloFrames({ pitch }: FrameConfig): number {
  return reach(pitch)
}

function reach({ blocks, kernel }: { readonly blocks: number; readonly kernel: number }): number {
  return (blocks * (kernel - 1)) / 2
}
