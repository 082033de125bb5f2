/**
 * Gives all stimuli of one clip the same sampling rate, length and loudness. This removes cues that would identify a
 * stimulus otherwise: an earlier end, a different level, the player's resampling.
 */
import type { Analysis, Audio } from '../../../analysis/analysis.ts'
import { matchingGainsDb } from '../../../audio/loudness-match.ts'
import { ProblemError } from '../../../base/problem.ts'
import { resample } from '../../../dsp/signals/resample.ts'

export type Levelled = Audio & {
  readonly sha256: string
  readonly loudnessLufs: number
  /** Gain in dB, at most 0. */
  readonly gainDb: number
}

/** Smaller differences are rounding to whole frames, and inaudible. */
const audibleSeconds = 0.02

/**
 * @param stimuli the stimuli of one clip, at least one, in any order, each with a label for people.
 * Each of `notes` is a sentence about one change. Rejects with `stimulus-silent`.
 */
export async function levelStimuli(
  analysis: Pick<Analysis, 'measure' | 'sha256'>,
  stimuli: readonly (Audio & { readonly label: string })[],
  title: string,
): Promise<{ readonly levelled: readonly Levelled[]; readonly notes: readonly string[] }> {
  const notes: string[] = []
  const sampleRateHz = Math.max(...stimuli.map((one) => one.sampleRateHz))
  const resampled = stimuli.map((one) =>
    one.sampleRateHz === sampleRateHz ? one.samples : resample(one.samples, one.sampleRateHz, sampleRateHz),
  )
  if (stimuli.some((one) => one.sampleRateHz !== sampleRateHz))
    notes.push(`“${title}”: all were brought to ${sampleRateHz} Hz, the highest of their rates.`)

  const lengths = resampled.map(({ length }) => length)
  const shortest = Math.min(...lengths)
  const cutSeconds = (Math.max(...lengths) - shortest) / sampleRateHz
  if (cutSeconds > audibleSeconds) {
    const seconds = (shortest / sampleRateHz).toFixed(2)
    notes.push(
      `“${title}”: all were cut to ${seconds} s, the shortest, so that their ends do not tell them apart.`,
    )
  }
  const cut = resampled.map((samples): Audio => {
    return { samples: samples.length === shortest ? samples : samples.slice(0, shortest), sampleRateHz }
  })

  const loudnesses: number[] = []
  for (const [index, audio] of cut.entries()) {
    const { loudnessLufs } = await analysis.measure({ audio })
    if (!Number.isFinite(loudnessLufs)) throw silent(stimuli[index].label, title)
    loudnesses.push(loudnessLufs)
  }
  const gainsDb = matchingGainsDb(loudnesses)
  if (Math.max(...loudnesses) - Math.min(...loudnesses) > 20)
    notes.push(`“${title}”: one is more than 20 dB quieter than another, and its level was left as it is.`)

  const levelled: Levelled[] = []
  for (const [index, audio] of cut.entries()) {
    const sha256 = await analysis.sha256(audio)
    levelled.push({ ...audio, sha256, loudnessLufs: loudnesses[index], gainDb: Math.min(0, gainsDb[index]) })
  }
  return { levelled, notes }
}

function silent(label: string, title: string): ProblemError {
  return new ProblemError({
    code: 'stimulus-silent',
    message: `${label}, of “${title}”, is silent: there would be nothing to compare.`,
    found: 'no sound above -70 LUFS',
    accepted: 'stimuli that can be heard',
    remedy: 'Choose another take, another clip, or another number of steps.',
  })
}
