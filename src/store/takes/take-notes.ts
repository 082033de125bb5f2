/** Notes about a take's peculiarities, shown on its card so that the user understands unusual or missing sound. */
import type { Source } from '../source/source-state.ts'
import type { Take } from './take.ts'

/** Differences of up to a tenth of a second are the padding of other programs. */
const sameLengthSeconds = 0.1

const kilohertz = (hz: number) => `${Number((hz / 1000).toFixed(3))} kHz`
const seconds = (value: number) => `${value.toFixed(2)} s`

/** Returns one sentence per note. Silence is noted once the take has been measured. */
export function takeNotes(take: Take, source: Source | undefined): readonly string[] {
  const notes: string[] = []
  if (take.loudnessLufs === Number.NEGATIVE_INFINITY) {
    notes.push('Silent or nearly so: its level stays as it is, and the others are not matched to it.')
  }
  if (source && take.fileRateHz) {
    const rate = kilohertz(source.convention.sampleRateHz)
    notes.push(
      `Recorded at ${kilohertz(take.fileRateHz)}; heard and measured at ${rate}, the rate of the takes.`,
    )
  }
  const longer = source ? take.durationSeconds - source.durationSeconds : 0
  if (source && Math.abs(longer) > sameLengthSeconds) {
    const by = seconds(Math.abs(longer))
    const than = `${by} ${longer > 0 ? 'longer' : 'shorter'} than the ${seconds(source.durationSeconds)} of the source`
    notes.push(take.noQuality ? `${than}.` : `${than}; figures cover the part that both have.`)
  }
  if (take.noQuality) notes.push(`No figures: ${take.noQuality}`)
  return notes
}
