// Waiting times and memory: cold start, 5 s and 60 s of speech, as real-time factors and relative to Griffin-Lim in the
// same run.
import { tacotronMel } from '../e2e/testing/files.mjs'
import { peakRendererMegabytes } from './memory.mjs'
import { median, rounded } from './numbers.mjs'
import { freshBrowser, open, openFile, synthesize } from './visit.mjs'

const framesPerSecond = 22050 / 256
const repeats = 3

/**
 * Seconds from navigation in a cold browser until Synthesize is enabled and, if it is pressed at once, until the first
 * take of a short example can be played. This includes program, weights and backend.
 */
export async function measureColdStart(/** @type {string} */ address) {
  const visits = []
  for (let i = 0; i < repeats; i++)
    visits.push(
      await freshBrowser(async (page) => {
        const begun = performance.now()
        const elapsed = () => (performance.now() - begun) / 1000
        await open(page, `${address}?example=lj-modern`)
        const pressable = elapsed()
        await page.getByRole('button', { name: 'Synthesize' }).click()
        await page
          .getByRole('region', { name: 'Takes' })
          .getByRole('button', { name: 'Play' })
          .first()
          .waitFor()
        return { pressable, firstTake: elapsed() }
      }),
    )
  return {
    untilSynthesizeSeconds: rounded(median(visits.map(({ pressable }) => pressable))),
    untilFirstTakeSeconds: rounded(median(visits.map(({ firstTake }) => firstTake))),
  }
}

/**
 * The time until a waveform that is made piece by piece can be heard; real-time factors (seconds of work per second of
 * audio) of each system and of the whole run; and the tab's peak memory.
 * @param {string} address
 * @param {number} audioSeconds
 * @param {number} runs
 */
export function measureSynthesis(address, audioSeconds, runs = repeats) {
  return freshBrowser(async (page, browserPid) => {
    await open(page, address)
    const frames = Math.round(audioSeconds * framesPerSecond)
    await openFile(page, tacotronMel(frames, 'lj-printing.npy'))
    /** @type {Awaited<ReturnType<typeof synthesize>>[]} */
    const results = []
    for (let i = 0; i < runs; i++) results.push(await synthesize(page))
    const factor = (/** @type {string} */ name) =>
      median(results.map(({ realTimeFactors }) => realTimeFactors[name]))
    const firstSounds = results.flatMap(({ firstSoundSeconds: seconds }) => (seconds ? [seconds] : []))
    return {
      audioSeconds,
      firstSoundSeconds: firstSounds.length > 0 ? rounded(median(firstSounds)) : null,
      waveGradRtf: rounded(factor('WaveGrad')),
      inferGradRtf: rounded(factor('InferGrad')),
      griffinLimRtf: rounded(factor('Griffin-Lim')),
      inferGradToGriffinLim: rounded(factor('InferGrad') / factor('Griffin-Lim')),
      togetherRtf: rounded(median(results.map(({ wallSeconds }) => wallSeconds)) / audioSeconds),
      peakTabMegabytes: peakRendererMegabytes(browserPid),
    }
  })
}
