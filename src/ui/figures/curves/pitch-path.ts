/** A pitch curve on a logarithmic axis from 50 to 800 Hz: four octaves, in which all voices lie. */
import type { PitchTrack } from '../../../dsp/pitch-track.ts'

const lowHz = 50
const octaves = 4
const heightOf = (hz: number) => Math.min(1, Math.max(0, Math.log2(hz / lowHz) / octaves))

/** Frames are drawn from here on; below, the pitch is a guess about noise. */
const voicedFrom = 0.5

/** Heights go from 0 (bottom) to 1 (top). */
export const pitchTicks = [100, 200, 400].map((hz) => ({ hz, height: heightOf(hz) }))

export const isVoiced = ({ voicing }: PitchTrack, frame: number): boolean => voicing[frame] >= voicedFrom

/** An SVG path; x in frames, whose middle counts, y from 0 at the top to 1. Frames without a voice leave gaps. */
export function pitchPath(track: PitchTrack): string {
  const parts: string[] = []
  for (const [frame, hz] of track.f0Hz.entries()) {
    if (!isVoiced(track, frame)) continue
    const place = `${frame + 0.5} ${(1 - heightOf(hz)).toFixed(4)}`
    // A voiced frame between two others that are not is a dot: a line of no length with round ends.
    if (frame > 0 && isVoiced(track, frame - 1)) parts.push(`L${place}`)
    else parts.push(`M${place}L${place}`)
  }
  return parts.join('')
}

/** The median over voiced frames, and their share of all; undefined without any. */
export function pitchSummary(
  track: PitchTrack,
): { readonly medianHz: number; readonly voiced: number } | undefined {
  const voiced = track.f0Hz.filter((_, frame) => isVoiced(track, frame)).sort()
  if (voiced.length === 0) return undefined
  return { medianHz: voiced[voiced.length >> 1], voiced: voiced.length / track.f0Hz.length }
}
