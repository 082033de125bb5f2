/** The pitch that the models read off the input mel, where they are given one. */
import type { PitchTrack } from '../../dsp/pitch-track.ts'

/** A value per frame of the mel. */
export type PitchOfMel = { readonly melId: string; readonly modelId: string; readonly track: PitchTrack }

export type PitchSlice = {
  /** Whether it is drawn over the mel. */
  readonly pitchShown: boolean
  /** The one that was read last, which may be another mel's. */
  readonly pitch?: PitchOfMel
  readonly showPitch: (shown: boolean) => void
  /** Reads the pitch of the open mel as this model hears it; nothing happens where that has been read or is being read. */
  readonly readPitch: (modelId: string) => Promise<void>
}
