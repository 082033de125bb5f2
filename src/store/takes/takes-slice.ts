/**
 * The takes: what was made comes onto the page, is measured and may be kept, taken away, or have others put beside it. What
 * a take holds in the libraries is freed with it.
 */
import type { Audio } from '../../analysis/analysis.ts'
import { ProblemError } from '../../base/problem.ts'
import { bytesOf } from '../file-bytes.ts'
import { fileNameOf } from '../file-names.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { Source } from '../source/source-state.ts'
import type { System } from '../synthesis/systems.ts'
import { measureTake, type TakeList } from './measure-take.ts'
import type { Take } from './take.ts'
import { currentTake, takeNames, withGains, withKept, withTake } from './takes.ts'
import type { TakesActions, TakesState } from './takes-state.ts'

export function createTakesSlice({
  get,
  set,
  actions,
  services,
  watch,
}: SliceContext<'takes'>): Slice<TakesState, TakesActions> {
  const { analysis, clips, signals, decodeAudio } = services
  /** How many kept takes stood before the one that can be had back. */
  let removedIndex = 0
  let reading: Promise<void> = Promise.resolve()

  const setAll = (change: (takes: readonly Take[]) => readonly Take[]) =>
    set(({ all }) => ({ all: withGains(change(all)) }))

  const list: TakeList = {
    all: () => get().takes.all,
    update: (takeId, change) =>
      setAll((takes) => takes.map((take) => (take.id === takeId ? { ...take, ...change } : take))),
    report: (thrown) => actions.problems.report(thrown),
  }

  function free(take: Take): void {
    clips.remove(take.id)
    if (take.spectrogramId) signals.remove(take.spectrogramId)
  }

  function discardCurrent(system: System): void {
    const take = currentTake(get().takes.all, system)
    if (take) actions.takes.discard(take.id)
  }

  function forgetRemoved(): void {
    const { removed } = get().takes
    set({ removed: undefined })
    if (removed) free(removed.take)
  }

  // Takes belong to the mel that they were made from.
  watch(
    ({ source }) => source.current,
    () => {
      const { all } = get().takes
      forgetRemoved()
      setAll(() => [])
      all.forEach(free)
    },
  )
  // Beside takes that are made after it was switched off, it would be of other settings than they are.
  watch(
    ({ synthesis }) => synthesis.settings.control,
    (isMade) => {
      if (!isMade) discardCurrent('no-network')
    },
  )
  // Under the name of another model the take would be taken for that one's.
  watch(
    ({ models }) => models.chosenId,
    () => discardCurrent('tuned'),
  )

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
    const heard = await atModelRate(audio, source)
    // Of another source, it would stand beside takes that it has nothing to do with.
    if (get().source.current !== source) return
    actions.takes.place({
      system: 'file',
      place: 'kept',
      audio: heard,
      source,
      fileName: file.name,
      ...(audio.sampleRateHz !== heard.sampleRateHz && { fileRateHz: audio.sampleRateHz }),
    })
  }

  return {
    state: { all: [] },
    actions: {
      place({ audio: { samples, sampleRateHz }, source, vocoderIdle, ...made }) {
        const id = clips.add({ samples, sampleRateHz })
        const replaced = made.place === 'current' ? currentTake(get().takes.all, made.system) : undefined
        const durationSeconds = samples.length / sampleRateHz
        setAll((takes) => withTake(takes, { id, keep: false, durationSeconds, ...made }))
        if (replaced && !replaced.keep) free(replaced)
        void measureTake(list, services, id, source, vocoderIdle)
        return id
      },
      keep: (takeId, keep) => list.update(takeId, { keep }),
      remove(takeId) {
        const { all } = get().takes
        const kept = all.filter(({ place }) => place === 'kept')
        const index = kept.findIndex(({ id }) => id === takeId)
        if (index < 0) return
        forgetRemoved()
        removedIndex = index
        setAll((takes) => takes.filter(({ id }) => id !== takeId))
        set({ removed: { take: kept[index], name: takeNames(all).get(takeId) ?? '' } })
      },
      restore() {
        const { removed } = get().takes
        if (!removed) return
        set({ removed: undefined })
        const { take } = removed
        setAll((takes) => withKept(takes, take, removedIndex))
        const source = get().source.current
        // It may have gone before all of it was measured.
        if (source && !take.quality && !take.noQuality) void measureTake(list, services, take.id, source)
      },
      forgetRemoved,
      discard(takeId) {
        const take = get().takes.all.find(({ id }) => id === takeId)
        if (!take) return
        setAll((takes) => takes.filter((one) => one !== take))
        free(take)
      },
      async addFiles(files) {
        const source = get().source.current
        if (!source) return
        // One after the other, in the order in which they were chosen: that is the order of the cards.
        const added = files.map((file) => {
          reading = reading.then(async () => {
            if (get().source.current !== source) return
            set({ adding: file.name })
            try {
              await addFile(file, source)
            } catch (thrown) {
              actions.problems.report(thrown)
            } finally {
              set({ adding: undefined })
            }
          })
          return reading
        })
        await Promise.all(added)
      },
      async asWav(takeId, encoding) {
        const source = get().source.current
        const take = get().takes.all.find(({ id }) => id === takeId)
        if (!take || !source) return undefined
        try {
          const bytes = await analysis.encodeWav({ audio: clips.get(takeId), encoding })
          return { name: `${fileNameOf(source, take)}.wav`, bytes }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
      },
    },
  }
}
