/**
 * Synthetic signals that resemble speech enough for mels and figures. pretrain/fixtures/signals.py generates the same
 * ones, so neither recordings nor samples need to be stored. Change both files together.
 */

/** Uniform in [-1/2, 1/2), from a linear congruential generator that takes one line of NumPy. */
export function congruentialNoise(seed: number, samples: number): Float64Array {
  let state = seed >>> 0
  return Float64Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  })
}

/**
 * Syllables of a gliding voice with two formants, and noise between them. `detune` scales the pitch only. In [-1, 1].
 */
export function syntheticVoice({
  samples,
  sampleRateHz = 22050,
  detune = 1,
  seed = 1,
}: {
  readonly samples: number
  readonly sampleRateHz?: number
  readonly detune?: number
  readonly seed?: number
}): Float64Array {
  const noise = congruentialNoise(seed, samples)
  return Float64Array.from({ length: samples }, (_, n) => {
    const seconds = n / sampleRateHz
    const glide = (30 / 1.3) * (1 - Math.cos(2 * Math.PI * 1.3 * seconds))
    const phase = detune * (2 * Math.PI * 120 * seconds + glide)
    const syllable = Math.sin(2 * Math.PI * 1.7 * seconds + 0.3)
    let voiced = 0
    for (let harmonic = 1; harmonic <= 50; harmonic++) {
      const hz = 120 * harmonic
      const formants = 1 / (1 + ((hz - 500) / 300) ** 2) + 0.3 / (1 + ((hz - 1800) / 400) ** 2)
      voiced += (formants + 0.01) * Math.sin(harmonic * phase)
    }
    const hiss = 0.03 * Math.max(0, -syllable - 0.5) + 1e-4
    return 0.1 * Math.max(0, syllable) * voiced + hiss * noise[n]
  })
}
