/** Finds the places where a recording was cut off at full scale. */

const fullScale = 0.999
/** Consecutive samples at full scale that do not occur in a loud but unclipped recording. */
const clippedRun = 4

/** Counts the places where the waveform stays at full scale. */
export function countClippedPlaces(samples: Float32Array): number {
  let places = 0
  let run = 0
  for (const value of samples) {
    run = Math.abs(value) >= fullScale ? run + 1 : 0
    if (run === clippedRun) places++
  }
  return places
}
