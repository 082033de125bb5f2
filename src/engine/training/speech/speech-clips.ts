/**
 * Prepares a user's recordings for training, as pretrain/data.py does: at the model's sample rate, every clip at the
 * same RMS, without silence at the ends. Unusable recordings are refused, irregular ones noted.
 */

import { ProblemError } from '../../../base/problem.ts'
import { countClippedPlaces } from '../../../dsp/signals/clipped-places.ts'
import { resample } from '../../../dsp/signals/resample.ts'
import type { TrainingClip } from '../training-engine.ts'

export type SpeechClip = { readonly name: string; readonly samples: Float32Array<ArrayBuffer> }

export type Speech = { readonly clips: readonly SpeechClip[]; readonly notes: readonly string[] }

/** RMS of a clip, dB below full scale: about that of LJ Speech. */
const levelDb = -24
export const peakLevel = 0.98
const minSeconds = 3
/** RMS of a whole clip below which it contains only microphone noise. */
const silentRms = 1e-3
/** Level of a silent block relative to the loudest one of its clip. */
const silentBlockDb = -50
const blockSeconds = 0.02
const marginBlocks = 5

/**
 * Returns `clips` at `rateHz`. Throws a `ProblemError`: `speech-not-finite`, `speech-silent` if all clips are,
 * `speech-too-short` if less than 3 s remain.
 */
export function prepareSpeech(clips: readonly TrainingClip[], rateHz: number): Speech {
  const notes: string[] = []
  const prepared = clips.flatMap((clip): SpeechClip[] => {
    checkFinite(clip)
    if (rmsOf(clip.samples) < silentRms) {
      notes.push(`${clip.name} is silent and was left out.`)
      return []
    }
    const clipped = countClippedPlaces(clip.samples)
    if (clipped > 0) {
      const places = clipped === 1 ? 'one place' : `${clipped} places`
      notes.push(`${clip.name} is clipped in ${places}; the model will learn that too.`)
    }
    const samples = resample(clip.samples, clip.sampleRateHz, rateHz)
    return [{ name: clip.name, samples: levelled(withoutSilentEnds(samples, rateHz)) }]
  })
  const foreign = clips.filter(({ sampleRateHz }) => sampleRateHz !== rateHz)
  if (foreign.length > 0) {
    const rates = [...new Set(foreign.map(({ sampleRateHz }) => `${sampleRateHz} Hz`))].join(', ')
    const what = foreign.length === 1 ? `${foreign[0].name} was` : `${foreign.length} recordings were`
    notes.push(`${what} resampled from ${rates} to ${rateHz} Hz.`)
  }
  if (clips.length > 0 && prepared.length === 0) {
    throw new ProblemError({
      code: 'speech-silent',
      message: 'The recording is silent.',
      found: clips.map(({ name }) => name).join(', '),
      accepted: `speech louder than ${Math.round(20 * Math.log10(silentRms))} dB below full scale`,
      remedy: 'Check the microphone, or choose another recording.',
    })
  }
  const seconds = prepared.reduce((sum, { samples }) => sum + samples.length, 0) / rateHz
  if (seconds < minSeconds) {
    throw new ProblemError({
      code: 'speech-too-short',
      message: 'There is too little speech for training.',
      found: `${seconds.toFixed(1)} s without the silence at its ends`,
      accepted: `at least ${minSeconds} s; about a minute works best`,
      remedy: 'Add recordings of the same voice, or record a longer one.',
    })
  }
  return { clips: prepared, notes }
}

function checkFinite({ name, samples, sampleRateHz }: TrainingClip): void {
  const wrong = samples.findIndex((value) => !Number.isFinite(value))
  if (wrong < 0) return
  throw new ProblemError({
    code: 'speech-not-finite',
    message: `${name} contains a value that is not finite.`,
    file: name,
    found: `${samples[wrong]} at ${(wrong / sampleRateHz).toFixed(2)} s`,
    accepted: 'finite samples',
    remedy: 'Save the recording again in the program that it comes from.',
  })
}

function rmsOf(samples: Float32Array): number {
  let energy = 0
  for (const value of samples) energy += value * value
  return Math.sqrt(energy / Math.max(samples.length, 1))
}

/** Keeps the part from the first to the last non-silent block, with a tenth of a second around it. */
function withoutSilentEnds(samples: Float32Array<ArrayBuffer>, rateHz: number): Float32Array<ArrayBuffer> {
  const block = Math.round(blockSeconds * rateHz)
  const levels = Array.from({ length: Math.ceil(samples.length / block) }, (_, index) =>
    rmsOf(samples.subarray(index * block, (index + 1) * block)),
  )
  const threshold = Math.max(...levels) * 10 ** (silentBlockDb / 20)
  const first = levels.findIndex((level) => level > threshold)
  const last = levels.findLastIndex((level) => level > threshold)
  return samples.slice(Math.max(0, first - marginBlocks) * block, (last + 1 + marginBlocks) * block)
}

function levelled(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const peak = samples.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
  const gain = Math.min(10 ** (levelDb / 20) / rmsOf(samples), peakLevel / peak)
  return samples.map((value) => value * gain)
}
