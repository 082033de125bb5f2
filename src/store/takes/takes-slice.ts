/**
 * The takes: adds and measures new ones, keeps or removes them, and adds files for comparison. It frees the entries of
 * a take in the libraries together with the take.
 */
import { importChunk } from '../../base/import-chunk.ts'
import { type Problem, ProblemError } from '../../base/problem.ts'
import { readable } from '../file-bytes.ts'
import { fileNameOf } from '../file-names.ts'
import { areMels } from '../files/mels-text.ts'
import { openFile } from '../open-file.ts'
import type { Slice, SliceContext } from '../slice.ts'
import { channelText, cutText } from '../source/recording-notes.ts'
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
  const { analysis, clips, signals } = services
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
    exampleOf: ({ exampleId }) => get().source.examples.find(({ id }) => id === exampleId),
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

  /**
   * All takes are played, measured and displayed at the rate of the models, so that only the takes differ. Resolves to
   * false for a mel.
   */
  async function addFile(file: File, source: Source): Promise<boolean> {
    const opened = await openFile(services, {
      ...(await readable(file)),
      target: source.convention,
      keepLevel: true,
    })
    if (opened.kind === 'mel') return false
    // If the source has changed in the meantime, the file no longer belongs to the takes.
    if (get().source.current !== source) return true
    const { audio, fileRateHz, channels } = opened
    for (const note of [cutText(file.name, opened), channelText(file.name, channels)])
      if (note) actions.problems.note(note)
    actions.takes.place({
      system: 'file',
      place: 'kept',
      audio,
      source,
      fileName: file.name,
      ...(fileRateHz !== audio.sampleRateHz && { fileRateHz }),
    })
    return true
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
        if (!source) return actions.problems.report(new ProblemError(noSource))
        const mels: string[] = []
        // The files are read one after the other in the chosen order, which is the order of the cards.
        const added = files.map((file) => {
          reading = reading.then(async () => {
            if (get().source.current !== source) return
            set({ adding: file.name })
            try {
              if (!(await addFile(file, source))) mels.push(file.name)
            } catch (thrown) {
              actions.problems.report(thrown)
            } finally {
              set({ adding: undefined })
            }
          })
          return reading
        })
        await Promise.all(added)
        if (mels.length > 0) actions.problems.report(new ProblemError(notAudio(mels)))
      },
      async asZip(encoding) {
        const source = get().source.current
        const { all } = get().takes
        if (!source || all.length === 0) return undefined
        try {
          const { takesZip } = await importChunk(import('./takes-zip.ts'))
          const wavOf = ({ id }: Take) => analysis.encodeWav({ audio: clips.get(id), encoding })
          return { name: `${fileNameOf(source)}-takes.zip`, bytes: await takesZip(source, all, wavOf) }
        } catch (thrown) {
          actions.problems.report(thrown)
          return undefined
        }
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

const noSource: Problem = {
  code: 'take-no-source',
  message: 'Audio is compared with the takes of a source, and none is open yet.',
  remedy: 'Open a mel, a recording or an example under “Listen” first.',
}

function notAudio(names: readonly string[]): Problem {
  return {
    code: 'take-not-audio',
    message: `${areMels(names)}, which cannot be heard beside the takes.`,
    accepted: 'audio: WAV, AIFF, FLAC, MP3, Ogg, M4A',
    remedy: 'Open a mel as the source with “Open file”, or add the audio that was made from it.',
    file: names[0],
  }
}
