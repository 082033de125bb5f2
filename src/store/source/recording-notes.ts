/** Names recordings, and describes how their channels and their level were treated. */
import type { ChannelReport, LevelChange, Recording } from '../../analysis/analysis.ts'

/** A sentence about the channels of a file; undefined if it has one. */
export function channelText(name: string, { count, used }: ChannelReport): string | undefined {
  if (count === 1) return undefined
  if (used.length === count) return `${name} has ${count} channels, which were mixed.`
  const numbers = used.map((channel) => channel + 1).join(', ')
  return `${name} has ${count} channels that differ by more than 20 dB or cancel each other: ${
    used.length === 1 ? `channel ${numbers} is used` : `channels ${numbers} are mixed`
  }.`
}

/** A sentence about a file that is cut off; undefined if it is complete. */
export function cutText(
  name: string,
  { missingSeconds }: Pick<Recording, 'missingSeconds'>,
): string | undefined {
  if (missingSeconds === undefined) return undefined
  return `${name} is cut off: the last ${missingSeconds.toFixed(1)} s that its header states are missing. Copy or download it again.`
}

/** Sentences about the level of a recording; undefined if it is that of speech. */
export function levelText({ gainDb, clippedPlaces }: LevelChange): string | undefined {
  const change = `${Math.abs(gainDb).toFixed(1)} dB`
  const sentences = [
    gainDb < 0 && `The recording exceeds full scale, so it was lowered by ${change} for copy synthesis.`,
    gainDb > 0 && `The recording is very quiet, so it was raised by ${change} for copy synthesis.`,
    clippedPlaces > 0 &&
      `The recording is clipped in ${clippedPlaces === 1 ? 'one place' : `${clippedPlaces} places`}, and the takes imitate that.`,
  ].filter((sentence) => sentence !== false)
  return sentences.length > 0 ? sentences.join(' ') : undefined
}

/** "Recording of 18:34:02", in local time: what the microphone has recorded has no name of its own. */
export const recordingTitle = (end: Date): string => `Recording of ${end.toLocaleTimeString('en-GB')}`
