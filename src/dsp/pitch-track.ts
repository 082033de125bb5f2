/**
 * F0 and voicing of each frame, read off the logits of a pitch network: the mean pitch near the likeliest one, as CREPE has
 * it (arXiv 1802.06182). In plain numbers, so that all backends agree. The twin is `track` of pretrain/pitch.py.
 */

/** One value per frame each. */
export type PitchTrack = {
  /** Hz; where it is not voiced, too. */
  readonly f0Hz: Float32Array<ArrayBuffer>
  /** 0..1: the chance that the frame is voiced. */
  readonly voicing: Float32Array<ArrayBuffer>
}

/** Pitches evenly spaced in cents: the k-th of them lies in the middle of the k-th part of the range. */
export type PitchScale = { readonly pitches: number; readonly lowHz: number; readonly highHz: number }

/** Pitches on both sides of the likeliest that are averaged. */
const near = 3

/** logits [frames, pitches + 1], the last one of a frame that of voicing. */
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
