/** Level matching for listening: louder is heard as better, so takes are compared at one loudness. */

/** A take further below the loudest than this is a broken or a silent one, and not what others should be turned down to. */
const matchedRangeDb = 20

/**
 * Gains in dB, each at most 0, that bring takes of the given integrated loudness (LUFS, -Infinity for silence) to that of
 * the quietest. Takes more than 20 dB below the loudest are left as they are and do not count as quietest.
 */
export function matchingGainsDb(loudnessesLufs: readonly number[]): number[] {
  const loudest = Math.max(...loudnessesLufs.filter(Number.isFinite))
  const matched = (lufs: number) => Number.isFinite(lufs) && lufs >= loudest - matchedRangeDb
  const quietest = Math.min(...loudnessesLufs.filter(matched))
  return loudnessesLufs.map((lufs) => (matched(lufs) ? quietest - lufs : 0))
}
