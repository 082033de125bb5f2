/** The takes as a person arranges them: which are kept, which are taken away, what is put beside them. */
import type { Audio } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { bytesOf } from '../file-bytes.ts'
import type { Services } from '../services.ts'
import type { GetState, SetState, Source, TakesSlice } from '../state.ts'
import { measureTake } from './measure-take.ts'
import { free, placeTake, putBack, takeNames, takeOff, updateTake } from './takes.ts'

export function createTakesSlice(set: SetState, get: GetState, services: Services): TakesSlice {
  const { analysis, clips, decodeAudio } = services
  /** How many kept takes stood before the one that can be had back. */
  let removedIndex = 0
  let reading: Promise<void> = Promise.resolve()

  async function read(file: File): Promise<Audio> {
    const named = await bytesOf(file)
    const kind = await analysis.identify(named)
    if (kind !== 'mel') return kind === 'wav' ? analysis.decodeWav(named) : decodeAudio(named)
    throw new ProblemError({
      code: 'take-not-audio',
      message: `${file.name} is a mel spectrogram, which cannot be heard beside the takes.`,
      accepted: 'audio: WAV, FLAC, MP3, Ogg, M4A',
      remedy: 'Open it as the source with “Open file”, or add the audio that was made from it.',
      file: file.name,
    })
  }

  /**
   * All takes are heard, measured and seen at the rate of the models, so that nothing but the takes differs. Resampling
   * is work for the analysis: on the way to the loudspeaker it would hold up the first play.
   */
  async function atModelRate(audio: Audio, { convention }: Source): Promise<Audio> {
    if (audio.sampleRateHz === convention.sampleRateHz) return audio
    return (await analysis.analyse({ audio, convention })).audio
  }

  async function addFile(file: File, source: Source): Promise<void> {
    const audio = await read(file)
    const { samples, sampleRateHz } = await atModelRate(audio, source)
    // Of another source, it would stand beside takes that it has nothing to do with.
    if (get().source !== source) return
    const id = clips.add({ samples, sampleRateHz })
    placeTake(set, get, services, {
      id,
      system: 'file',
      place: 'kept',
      keep: false,
      fileName: file.name,
      ...(audio.sampleRateHz !== sampleRateHz && { fileRateHz: audio.sampleRateHz }),
      durationSeconds: samples.length / sampleRateHz,
    })
    void measureTake(set, get, services, id, source)
  }

  return {
    takes: [],
    keepTake: (takeId, keep) => updateTake(set, takeId, { keep }),
    removeTake(takeId) {
      const { takes, forgetRemovedTake } = get()
      const kept = takes.filter(({ place }) => place === 'kept')
      const index = kept.findIndex(({ id }) => id === takeId)
      if (index < 0) return
      forgetRemovedTake()
      const name = takeNames(takes).get(takeId) ?? ''
      const take = takeOff(set, get, takeId)
      removedIndex = index
      set({ removedTake: take && { take, name } })
    },
    restoreTake() {
      const { removedTake } = get()
      if (!removedTake) return
      set({ removedTake: undefined })
      const { take } = removedTake
      putBack(set, get, take, removedIndex)
      const { source } = get()
      // It may have gone before all of it was measured.
      if (source && !take.quality && !take.noQuality) void measureTake(set, get, services, take.id, source)
    },
    forgetRemovedTake() {
      const { removedTake } = get()
      set({ removedTake: undefined })
      if (removedTake) free(services, removedTake.take)
    },
    async addTakeFiles(files) {
      const { source } = get()
      if (!source) return
      // One after the other, in the order in which they were chosen: that is the order of the cards.
      const added = files.map((file) => {
        reading = reading.then(async () => {
          if (get().source !== source) return
          set({ addingTake: file.name })
          try {
            await addFile(file, source)
          } catch (thrown) {
            get().report(thrown)
          } finally {
            set({ addingTake: undefined })
          }
        })
        return reading
      })
      await Promise.all(added)
    },
  }
}
