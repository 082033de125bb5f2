/** Playback of batch results: all outputs of one file share one clock, so that the user can switch between them. */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import { ProblemError } from '../../base/problem.ts'
import type { FileStore } from '../../storage/file-store.ts'
import { readAudioFile } from '../open-file.ts'
import type { SliceContext } from '../slice.ts'
import type { BatchSystem } from './batch-state.ts'

export function createBatchPlayback(
  { get, set, actions, services }: SliceContext<'batch'>,
  files: () => FileStore,
) {
  const { batchPlayer } = services
  /** The file in the player, and the hashes of its audio. */
  let loaded: { readonly itemId: string; readonly hashes: string } | undefined
  let asked = 0

  batchPlayer.onChange(({ playing, problem }) => {
    const interrupted = problem !== undefined && get().batch.playing && !playing
    if (playing !== get().batch.playing) set({ playing })
    if (interrupted) actions.problems.report(new ProblemError(problem))
  })

  const resultsOf = (itemId: string) =>
    get()
      .batch.items.find(({ id }) => id === itemId)
      ?.outputs.flatMap(({ system, result }) => (result ? [{ system, ...result }] : [])) ?? []

  /** Loads the outputs of a file. Resolves to false if another request came in the meantime. */
  async function load(itemId: string, system: BatchSystem, own: number): Promise<boolean> {
    const results = resultsOf(itemId)
    const hashes = results.map(({ audioSha256 }) => audioSha256).join()
    if (loaded?.itemId === itemId && loaded.hashes === hashes) return true
    const isAnother = loaded?.itemId !== itemId
    const audios = await Promise.all(
      results.map(async ({ keptAs }) => {
        const wav = await files().read(keptAs)
        if (!wav) throw new Error(`${keptAs} is not in the file store`)
        const audio = await readAudioFile(services, { name: keptAs, blob: wav })
        if (!audio) throw new Error(`${keptAs} is not audio`)
        return audio
      }),
    )
    if (own !== asked) return false
    const gains = matchingGainsDb(results.map(({ loudnessLufs }) => loudnessLufs))
    if (isAnother) batchPlayer.stop()
    batchPlayer.setTakes(
      results.map(({ system }, index) => ({
        ...audios[index],
        id: system,
        gainDb: get().playback.levelsMatched ? gains[index] : 0,
      })),
      system,
    )
    if (isAnother) batchPlayer.seek(0)
    loaded = { itemId, hashes }
    return true
  }

  return {
    async playOrPause(itemId: string, system: BatchSystem): Promise<void> {
      const { audible, playing } = get().batch
      if (playing && audible?.itemId === itemId && audible.system === system) return batchPlayer.pause()
      const own = ++asked
      try {
        if (!(await load(itemId, system, own))) return
        set({ audible: { itemId, system } })
        batchPlayer.select(system)
        await batchPlayer.play()
      } catch (thrown) {
        actions.problems.report(thrown)
      }
    },
    /** Unloads the audio of one row, or of all. */
    forget(itemId?: string): void {
      if (!loaded || (itemId !== undefined && itemId !== loaded.itemId)) return
      asked += 1
      loaded = undefined
      batchPlayer.stop()
      batchPlayer.setTakes([])
      set({ audible: undefined })
    },
  }
}
