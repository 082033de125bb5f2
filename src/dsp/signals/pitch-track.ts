/**
 * F0 and voicing of each frame, decoded from the logits of a pitch network: the mean pitch around the most likely bin,
 * as in CREPE (arXiv 1802.06182). It is computed without tensors, so that all backends agree. Its counterpart in Python
 * is `track` of pretrain/networks/pitch.py.
 */

/** Each array has one value per frame. */
export type PitchTrack = {
  /** The pitch in Hz, also defined in unvoiced frames. */
  readonly f0Hz: Float32Array<ArrayBuffer>
  /** Probability that the frame is voiced, 0..1. */
  readonly voicing: Float32Array<ArrayBuffer>
}

/** Pitch bins evenly spaced in cents: bin k is at the middle of the k-th part of the range. */
export type PitchScale = { readonly pitches: number; readonly lowHz: number; readonly highHz: number }

/** Number of bins averaged on each side of the most likely one. */
const near = 3

/** Decodes logits [frames, pitches + 1]; the last one of each frame is that of voicing. */
export function readPitch(logits: Float32Array, { pitches, lowHz, highHz }: PitchScale): PitchTrack {
  const frames = logits.length / (pitches + 1)
  const octaves = Math.log2(highHz / lowHz)
  const f0Hz = new Float32Array(frames)
  const voicing = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    const row = logits.subarray(frame * (pitches + 1), (frame + 1) * (pitches + 1))
    let likeliest = 0
    for (let pitch = 1; pitch < pitches; pitch++) if (row[pitch] > row[likeliest]) likeliest = pitch
    let [weights, moment] = [0, 0]
    for (
      let pitch = Math.max(0, likeliest - near);
      pitch <= Math.min(pitches - 1, likeliest + near);
      pitch++
    ) {
      const weight = Math.exp(row[pitch] - row[likeliest])
      weights += weight
      moment += weight * (pitch + 0.5)
    }
    f0Hz[frame] = lowHz * 2 ** ((moment / weights) * (octaves / pitches))
    voicing[frame] = 1 / (1 + Math.exp(-row[pitches]))
  }
  return { f0Hz, voicing }
}
