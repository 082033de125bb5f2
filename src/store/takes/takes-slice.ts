/**
 * The takes: adds and measures new ones, keeps or removes them, and adds files for comparison. It frees the entries of
 * a take in the libraries together with the take.
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
  /** Index among the kept takes of the one that can be restored. */
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

  // Takes belong to the mel from which they were made, so a new source removes them.
  watch(
    ({ source }) => source.current,
    () => {
      const { all } = get().takes
      forgetRemoved()
      setAll(() => [])
      all.forEach(free)
    },
  )
  // If it stayed after being switched off, it would not match the settings of later takes.
  watch(
    ({ synthesis }) => synthesis.settings.control,
    (isMade) => {
      if (!isMade) discardCurrent('no-network')
    },
  )
  // Otherwise the take would appear under the name of another model.
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
      message: `${file.name} is a mel spectrogram, which cannot be played beside the takes.`,
      accepted: 'audio: WAV, FLAC, MP3, Ogg, M4A',
      remedy: 'Open it as the source with “Open file”, or add the audio that was made from it.',
      file: file.name,
    })
  }

  /**
   * Resamples to the rate of the models, at which all takes are played, measured and displayed, so that only the takes
   * differ. The analysis does it, because resampling in the player would delay the first playback.
   */
  async function atModelRate(audio: Audio, { convention }: Source): Promise<Audio> {
    if (audio.sampleRateHz === convention.sampleRateHz) return audio
    return (await analysis.analyse({ audio, convention })).audio
  }

  async function addFile(file: File, source: Source): Promise<void> {
    const audio = await read(file)
    const heard = await atModelRate(audio, source)
    // The source has changed in the meantime, so the file no longer belongs to the takes.
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
        // The take may have been removed before its measurement was complete.
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
        // The files are read one after the other in the chosen order, which is the order of the cards.
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
