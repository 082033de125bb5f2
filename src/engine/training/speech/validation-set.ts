/**
 * Holds out a tenth of the speech, to distinguish generalisation from memorisation: whole clips if there are enough of
 * them, otherwise the end of the longest, with a gap of one crop before it.
 */
import { uniformNoise } from '../../../base/random.ts'
import type { SpeechClip } from './speech-clips.ts'

export type SplitSpeech = {
  readonly training: readonly SpeechClip[]
  readonly heldOut: readonly SpeechClip[]
}

const share = 0.1
const minSeconds = 1
/** A separate stream for the order in which clips are held out. */
const stream = 0x5ea1

const lengthOf = (clips: readonly SpeechClip[]) => clips.reduce((sum, { samples }) => sum + samples.length, 0)

/** `clips` at `rateHz` have at least 3 s. Deterministic for a seed. */
export function splitSpeech(
  clips: readonly SpeechClip[],
  { rateHz, cropSamples, seed }: { rateHz: number; cropSamples: number; seed: number },
): SplitSpeech {
  const wanted = Math.max(Math.round(share * lengthOf(clips)), Math.round(minSeconds * rateHz))
  const whole = holdOutWhole(clips, wanted, seed)
  if (whole && lengthOf(whole.heldOut) <= 2 * wanted) return whole
  const longest = clips.reduce((a, b) => (b.samples.length > a.samples.length ? b : a))
  const fits = longest.samples.length >= wanted + 2 * cropSamples
  return !fits && whole ? whole : holdOutEnd(clips, longest, wanted, cropSamples)
}

/** Holds out random clips until there are enough; undefined if that would take most of the speech. */
function holdOutWhole(clips: readonly SpeechClip[], wanted: number, seed: number): SplitSpeech | undefined {
  const lots = uniformNoise(seed, stream, 0, clips.length)
  const order = clips.map((_, index) => index).sort((a, b) => lots[a] - lots[b])
  const chosen = new Set<number>()
  let samples = 0
  for (const index of order) {
    if (samples >= wanted) break
    chosen.add(index)
    samples += clips[index].samples.length
  }
  if (2 * samples > lengthOf(clips)) return undefined
  return {
    training: clips.filter((_, index) => !chosen.has(index)),
    heldOut: clips.filter((_, index) => chosen.has(index)),
  }
}

function holdOutEnd(
  clips: readonly SpeechClip[],
  longest: SpeechClip,
  wanted: number,
  cropSamples: number,
): SplitSpeech {
  const { name, samples } = longest
  const held = Math.min(wanted, Math.floor(samples.length / 2))
  const gap = Math.min(cropSamples, Math.floor((samples.length - held) / 2))
  const start = samples.length - held
  const kept = { name, samples: samples.slice(0, start - gap) }
  return {
    training: clips.map((clip) => (clip === longest ? kept : clip)),
    heldOut: [{ name, samples: samples.slice(start) }],
  }
}
