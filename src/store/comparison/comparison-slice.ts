/**
 * The comparison grid. Cells that were asked for are made one after the other, the one that a person clicked last first.
 * A cancel or an error keeps the finished cells. Cells of one seed, model size and number of corrections stand in the
 * grid, so a change of these settings clears it.
 */
import type { Audio } from '../../analysis/analysis.ts'
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import { ProblemError } from '../../base/problem.ts'
import { peakLevelDb } from '../../dsp/spectra/spectrogram.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { PageState } from '../state.ts'
import { whileVocoding } from '../synthesis/while-vocoding.ts'
import { comparisonCsv } from './comparison-csv.ts'
import type {
  ComparisonActions,
  ComparisonState,
  GridCell,
  GridClip,
  GridColumn,
} from './comparison-state.ts'
import { cellKey, clipIdOf, gridClips, gridColumns, openClipId } from './grid.ts'
import { type CellAudio, type CellInput, makeCell, measureCell, readCellInput } from './make-cell.ts'

type Place = { readonly key: string; readonly clip: GridClip; readonly column: GridColumn }

export function createComparisonSlice(
  context: SliceContext<'comparison'>,
): Slice<ComparisonState, ComparisonActions> {
  const { get, set, actions, services, watch } = context
  const { analysis, clips, signals, comparisonPlayer: player } = services
  let controller: AbortController | undefined
  let queue: Place[] = []
  const inputs = new Map<string, Promise<CellInput>>()
  /** Key of the cell that plays as soon as it is made. */
  let awaited: string | undefined
  /** Id of the clip whose cells the player has. */
  let loadedClipId: string | undefined

  player.onChange(({ playing, problem }) => {
    const interrupted = problem !== undefined && get().comparison.playing && !playing
    set({ playing })
    if (interrupted) actions.problems.report(new ProblemError(problem))
  })

  watch(
    ({ source }) => source.current,
    () => forget((clipId) => clipId === openClipId),
  )
  watch(
    ({ synthesis: { settings } }) => [settings.seed, settings.size, settings.corrections].join(' '),
    () => forget(() => true),
  )

  const places = (state: PageState): readonly Place[] =>
    gridClips(state).flatMap((clip) =>
      gridColumns(state).map((column) => ({ key: cellKey(clip, column), clip, column })),
    )

  function update(key: string, change: Partial<GridCell>): void {
    set(({ cells }) => {
      const before = cells[key] ?? { state: 'waiting', fraction: 0 }
      return { cells: { ...cells, [key]: { ...before, ...change } } }
    })
  }

  /** Stops the work; cells that are not made are empty again. */
  function stop(): void {
    queue = []
    awaited = undefined
    controller?.abort()
    set(({ cells }) => ({ cells: finishedOf(cells) }))
  }

  /** Drops the cells of clips with their audio, and stops the work on cells. */
  function forget(isGone: (clipId: string) => boolean): void {
    for (const clipId of inputs.keys()) if (isGone(clipId)) inputs.delete(clipId)
    const { cells } = get().comparison
    const keys = Object.keys(cells).filter((key) => isGone(clipIdOf(key)))
    if (keys.length === 0) return
    stop()
    player.pause()
    player.setTakes([])
    loadedClipId = undefined
    for (const key of keys) free(cells[key])
    set(({ cells }) => ({
      cells: Object.fromEntries(Object.entries(cells).filter(([key]) => !keys.includes(key))),
      selected: undefined,
    }))
  }

  function free({ audioId, spectrogramId }: GridCell): void {
    if (audioId) clips.remove(audioId)
    if (spectrogramId) signals.remove(spectrogramId)
  }

  function inputOf(clip: GridClip): Promise<CellInput> {
    const known = inputs.get(clip.id)
    if (known) return known
    const reading = readCellInput(context, clip)
    inputs.set(clip.id, reading)
    // A failure, such as a connection that was lost, must not last.
    reading.catch(() => inputs.delete(clip.id))
    return reading
  }

  async function make({ key, clip, column }: Place, signal: AbortSignal, vocoderIdle?: Promise<void>) {
    update(key, { state: 'making', fraction: 0 })
    const input = await inputOf(clip)
    signal.throwIfAborted()
    const made = await makeCell(context, input, column, {
      signal,
      onProgress(fraction) {
        if (!signal.aborted) update(key, { fraction })
      },
    })
    signal.throwIfAborted()
    const levels = made && (await analysis.measure({ audio: audioOf(made) }))
    const spectrogram = levels?.spectrogram ?? input.magnitudes
    signal.throwIfAborted()
    const audioId = made && clips.add(audioOf(made))
    update(key, {
      state: 'done',
      fraction: 1,
      ...(made && { audioId, making: made.making }),
      ...(spectrogram && {
        spectrogramId: signals.addSpectrogram(spectrogram),
        peakDb: levels?.peakDb ?? peakLevelDb(spectrogram),
        loudnessLufs: levels?.loudnessLufs,
      }),
    })
    if (made && column.system !== 'recording') void measure(key, input, made, vocoderIdle)
    if (awaited === key) {
      awaited = undefined
      if (made) await play(key, clip)
    } else if (player.state.playing && clip.id === loadedClipId) {
      handOver(clip)
    }
  }

  async function measure(key: string, input: CellInput, made: CellAudio, vocoderIdle?: Promise<void>) {
    const { audioId } = get().comparison.cells[key]
    const isThere = () => get().comparison.cells[key]?.audioId === audioId
    try {
      await vocoderIdle
      if (!isThere()) return
      const figures = await measureCell(services, input, made)
      if (isThere()) update(key, { figures })
    } catch (thrown) {
      if (isThere()) actions.problems.report(thrown)
    }
  }

  /** Gives the player the cells of a clip; they keep their clock if they have it already. */
  function handOver(clip: GridClip): void {
    // Another clip starts at its beginning.
    if (clip.id !== loadedClipId) player.stop()
    loadedClipId = clip.id
    const { cells } = get().comparison
    const row = places(get()).flatMap(({ key, clip: { id } }) => {
      const { audioId, loudnessLufs = 0 } = (id === clip.id && cells[key]) || {}
      return audioId ? [{ key, audioId, loudnessLufs }] : []
    })
    const gains = matchingGainsDb(row.map(({ loudnessLufs }) => loudnessLufs))
    player.setTakes(
      row.map(({ key, audioId }, index) => ({ ...clips.get(audioId), id: key, gainDb: gains[index] })),
      player.state.audibleId,
    )
  }

  async function play(key: string, clip: GridClip): Promise<void> {
    handOver(clip)
    player.select(key)
    try {
      await player.play()
    } catch (thrown) {
      actions.problems.report(thrown)
    }
  }

  /** Makes the queued cells unless that is going on already. */
  async function work(): Promise<void> {
    if (get().comparison.filling) return
    await whileVocoding(services, async (vocoderIdle) => {
      let done = 0
      for (let next = queue.shift(); next; next = queue.shift()) {
        controller = new AbortController()
        const { signal } = controller
        set({ filling: { done, total: done + queue.length + 1 } })
        try {
          await make(next, signal, vocoderIdle)
        } catch (thrown) {
          if (!signal.aborted) refuse(next.key, thrown)
        }
        done = signal.aborted ? 0 : done + 1
      }
      set({ filling: undefined })
    })
  }

  function refuse(key: string, thrown: unknown): void {
    if (awaited === key) awaited = undefined
    update(key, { state: 'failed' })
    actions.problems.report(thrown)
  }

  return {
    state: { cells: {}, playing: false },
    actions: {
      async playCell(key) {
        const place = places(get()).find((one) => one.key === key)
        if (!place) return
        const cell = get().comparison.cells[key]
        set({ selected: key })
        awaited = undefined
        if (cell?.state === 'done') return cell.audioId ? play(key, place.clip) : undefined
        awaited = key
        if (cell?.state === 'making') return
        queue = [place, ...queue.filter((one) => one.key !== key)]
        update(key, { state: 'waiting', fraction: 0 })
        await work()
      },
      pauseCells() {
        awaited = undefined
        player.pause()
      },
      async fill() {
        const { cells, selected } = get().comparison
        const isOpen = ({ key }: Place) => cells[key]?.state !== 'done' && cells[key]?.state !== 'making'
        // The clip that is being compared comes first.
        const first = selected ? clipIdOf(selected) : (get().source.current?.exampleId ?? openClipId)
        const open = places(get()).filter(isOpen)
        const isFirst = ({ clip }: Place) => clip.id === first
        queue = [...open.filter(isFirst), ...open.filter((place) => !isFirst(place))]
        for (const { key } of queue) update(key, { state: 'waiting', fraction: 0 })
        await work()
      },
      cancel: stop,
      asCsv() {
        const { cells } = get().comparison
        const bytes = new TextEncoder().encode(comparisonCsv(places(get()), cells))
        return { name: 'comparison.csv', bytes }
      },
    },
  }
}

const audioOf = ({ samples, sampleRateHz }: Audio): Audio => ({ samples, sampleRateHz })

/** Returns the cells without those that are still to be made. */
function finishedOf(cells: ComparisonState['cells']): ComparisonState['cells'] {
  return Object.fromEntries(
    Object.entries(cells).filter(([, { state }]) => state === 'done' || state === 'failed'),
  )
}
