/** Loudness matching for listening: louder sounds better, so takes are compared at equal loudness. */

/** A take further below the loudest than this is broken or silent, and others are not attenuated to its level. */
const matchedRangeDb = 20

/**
 * Gains in dB, each at most 0, that bring takes of the given integrated loudness (LUFS, -Infinity for silence) to that
 * of the quietest. Takes more than 20 dB below the loudest get no gain and do not count as quietest.
 */
export function matchingGainsDb(loudnessesLufs: readonly number[]): number[] {
  const loudest = Math.max(...loudnessesLufs.filter(Number.isFinite))
  const matched = (lufs: number) => Number.isFinite(lufs) && lufs >= loudest - matchedRangeDb
  const quietest = Math.min(...loudnessesLufs.filter(matched))
  return loudnessesLufs.map((lufs) => (matched(lufs) ? quietest - lufs : 0))
}
