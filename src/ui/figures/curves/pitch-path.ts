/** Draws a pitch curve on a logarithmic axis from 50 to 800 Hz: four octaves, which cover all voices. */
import type { PitchTrack } from '../../../dsp/signals/pitch-track.ts'

const lowHz = 50
const octaves = 4
const heightOf = (hz: number) => Math.min(1, Math.max(0, Math.log2(hz / lowHz) / octaves))

/** Minimum voicing of a drawn frame; below it, the pitch is a guess about noise. */
const voicedFrom = 0.5

/** Heights go from 0 (bottom) to 1 (top). */
export const pitchTicks = [100, 200, 400].map((hz) => ({ hz, height: heightOf(hz) }))

export const isVoiced = ({ voicing }: PitchTrack, frame: number): boolean => voicing[frame] >= voicedFrom

/**
 * Returns an SVG path. x counts frames, at their centres; y goes from 0 at the top to 1. Unvoiced frames leave gaps.
 */
export function pitchPath(track: PitchTrack): string {
  const parts: string[] = []
  for (const [frame, hz] of track.f0Hz.entries()) {
    if (!isVoiced(track, frame)) continue
    const place = `${frame + 0.5} ${(1 - heightOf(hz)).toFixed(4)}`
    // A voiced frame between two unvoiced ones is a dot: a line of zero length with round ends.
    if (frame > 0 && isVoiced(track, frame - 1)) parts.push(`L${place}`)
    else parts.push(`M${place}L${place}`)
  }
  return parts.join('')
}

/** Returns the median pitch of the voiced frames and their share of all frames, or undefined if there are none. */
export function pitchSummary(
  track: PitchTrack,
): { readonly medianHz: number; readonly voiced: number } | undefined {
  const voiced = track.f0Hz.filter((_, frame) => isVoiced(track, frame)).sort()
  if (voiced.length === 0) return undefined
  return { medianHz: voiced[voiced.length >> 1], voiced: voiced.length / track.f0Hz.length }
}
