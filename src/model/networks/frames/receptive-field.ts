/** How far one evaluation of the network on frames sees, and its pitch network. */
import { hopFraming } from '../../../dsp/stft.ts'
import type { FrameConfig } from '../../config.ts'

/** Frames of halo that one evaluation needs on each side, for the mel, the excitation and the waveform alike. */
export function haloFrames({ mel, network }: FrameConfig): number {
  const { window, hopSamples, padLeft } = hopFraming(mel)
  // A frame sees the hops from `back` before its own to `ahead` after it, and adds to the same when it is put back.
  const back = Math.ceil((padLeft - window.findIndex((weight) => weight !== 0)) / hopSamples)
  const ahead = Math.floor((window.findLastIndex((weight) => weight !== 0) - padLeft) / hopSamples)
  const blocks = reach(network)
  const { refinement } = network
  const refined = refinement
    ? refinement.times * (2 * (back + ahead) + reach({ blocks: 1, ...refinement }))
    : 0
  return blocks + Math.max(back + ahead, Math.max(back, ahead) + 1) + refined // of the waveform; of the mel, through enter_mel
}

/** The same of the pitch network, on the mel. */
export function pitchHaloFrames({ pitch }: FrameConfig): number {
  return reach(pitch)
}

function reach({ blocks, kernel }: { readonly blocks: number; readonly kernel: number }): number {
  return (blocks * (kernel - 1)) / 2
}
