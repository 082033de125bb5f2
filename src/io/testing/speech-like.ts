/** One second between a vowel and noise, with silence at its end. */
export function speechLike(sampleRateHz: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(sampleRateHz)
  let state = 1
  for (let i = 0; i < samples.length * 0.9; i++) {
    const seconds = i / sampleRateHz
    const pitchHz = 120 + 30 * Math.sin(3 * seconds)
    let sum = 0
    for (let harmonic = 1; harmonic * pitchHz < 7000; harmonic++) {
      sum +=
        Math.sin(harmonic * 2 * Math.PI * 120 * seconds - harmonic * 10 * Math.cos(3 * seconds)) / harmonic
    }
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    samples[i] = (0.15 * sum + 0.02 * (state / 2 ** 31)) * (0.6 + 0.4 * Math.sin(11 * seconds))
  }
  return samples
}
