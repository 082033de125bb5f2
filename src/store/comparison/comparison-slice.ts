/**
 * The comparison grid. Cells that were asked for are made one after the other, the one that a person clicked last first.
 * A cancel or an error keeps the finished cells. Cells of one seed, model size and number of corrections stand in the
 * grid, so a change of these settings clears it.
 */
import { matchingGainsDb } from '../../audio/loudness-match.ts'
import { ProblemError } from '../../base/problem.ts'
import { peakLevelDb } from '../../dsp/spectrogram.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { PageState } from '../state.ts'
import { comparisonCsv } from './comparison-csv.ts'
import type {
  ComparisonActions,
  ComparisonState,
  GridCell,
  GridClip,
  GridColumn,
} from './comparison-state.ts'
import { cellKey, clipIdOf, gridClips, gridColumns, openClipId } from './grid.ts'
import { type CellInput, makeCell, measureCell, readCellInput } from './make-cell.ts'

type Place = { readonly key: string; readonly clip: GridClip; readonly column: GridColumn }

export function createComparisonSlice(
  context: SliceContext<'comparison'>,
): Slice<ComparisonState, ComparisonActions> {
  const { get, set, actions, services, watch } = context
  const { analysis, clips, signals, comparisonPlayer: player, trainer, spareCore } = services
  let controller: AbortController | undefined
  let queue: Place[] = []
  let inputs = new Map<string, Promise<CellInput>>()
  /** Key of the cell that plays as soon as it is made. */
  let awaited: string | undefined

  player.onChange(({ playing, audibleId, problem }) => {
    const interrupted = problem !== undefined && get().comparison.playing && !playing
    set({ playing, ...(audibleId && { selected: audibleId }) })
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

  /** Drops cells with their audio, and stops the work on them. */
  function forget(isGone: (clipId: string) => boolean): void {
    const { cells } = get().comparison
    const keys = Object.keys(cells).filter((key) => isGone(clipIdOf(key)))
    if (keys.length === 0) return
    controller?.abort()
    queue = []
    player.pause()
    player.setTakes([])
    inputs = new Map()
    for (const key of keys) free(cells[key])
    set({
      cells: Object.fromEntries(Object.entries(cells).filter(([key]) => !keys.includes(key))),
      selected: undefined,
    })
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

  async function make({ key, clip, column }: Place, signal: AbortSignal, idle: Promise<void>): Promise<void> {
    update(key, { state: 'making', fraction: 0 })
    const input = await inputOf(clip)
    const onProgress = (fraction: number) => update(key, { fraction })
    const made = await makeCell(context, input, column, { signal, onProgress })
    signal.throwIfAborted()
    const levels = made && (await analysis.measure({ audio: audioOf(made) }))
    const spectrogram = levels?.spectrogram ?? input.magnitudes
    signal.throwIfAborted()
    update(key, {
      state: 'done',
      fraction: 1,
      ...(made && { audioId: clips.add(audioOf(made)), making: made.making }),
      ...(spectrogram && {
        spectrogramId: signals.addSpectrogram(spectrogram),
        peakDb: levels?.peakDb ?? peakLevelDb(spectrogram),
        loudnessLufs: levels?.loudnessLufs,
      }),
    })
    if (player.state.playing || awaited === key) handOver(clip)
    if (awaited === key) await play(key)
    if (made && column.system !== 'recording') void measure(key, input, made, idle)
  }

  async function measure(
    key: string,
    input: CellInput,
    made: Parameters<typeof audioOf>[0],
    idle: Promise<void>,
  ) {
    await idle
    const { audioId } = get().comparison.cells[key] ?? {}
    try {
      const figures = await measureCell(services, input, made)
      if (get().comparison.cells[key]?.audioId === audioId) update(key, { figures })
    } catch (thrown) {
      actions.problems.report(thrown)
    }
  }

  /** Gives the player the cells of a clip; they keep their clock if they have it already. */
  function handOver(clip: GridClip): void {
    const { cells, selected } = get().comparison
    const row = places(get()).flatMap(({ key, clip: { id } }) => {
      const { audioId, loudnessLufs = 0 } = (id === clip.id && cells[key]) || {}
      return audioId ? [{ key, audioId, loudnessLufs }] : []
    })
    const gains = matchingGainsDb(row.map(({ loudnessLufs }) => loudnessLufs))
    player.setTakes(
      row.map(({ key, audioId }, index) => ({ ...clips.get(audioId), id: key, gainDb: gains[index] })),
      selected,
    )
  }

  async function play(key: string): Promise<void> {
    awaited = undefined
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
    controller = new AbortController()
    const { signal } = controller
    let tellIdle = () => {}
    const silence = new Promise<void>((resolve) => {
      tellIdle = resolve
    })
    const idle = spareCore ? Promise.resolve() : silence
    const letTrainingGoOn = trainer.hold()
    let done = 0
    try {
      for (let next = queue.shift(); next; next = queue.shift()) {
        set({ filling: { done, total: done + queue.length + 1 } })
        try {
          await make(next, signal, idle)
        } catch (thrown) {
          if (signal.aborted) break
          update(next.key, { state: 'failed' })
          actions.problems.report(thrown)
        }
        done++
      }
    } finally {
      queue = []
      set(({ cells }) => ({ filling: undefined, cells: finishedOf(cells) }))
      letTrainingGoOn()
      tellIdle()
    }
  }

  return {
    state: { cells: {}, playing: false },
    actions: {
      async hearCell(key) {
        const place = places(get()).find((one) => one.key === key)
        if (!place) return
        const { cells, selected } = get().comparison
        set({ selected: key })
        if (cells[key]?.state === 'done') {
          if (!cells[key].audioId) return
          // Another clip starts at its beginning.
          if (!selected || clipIdOf(selected) !== place.clip.id) player.stop()
          handOver(place.clip)
          return play(key)
        }
        awaited = key
        if (cells[key]?.state === 'making') return
        queue = [place, ...queue.filter((one) => one.key !== key)]
        update(key, { state: 'waiting', fraction: 0 })
        await work()
      },
      pauseCells: () => player.pause(),
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
      cancel() {
        queue = []
        awaited = undefined
        controller?.abort()
      },
      asCsv() {
        const { cells } = get().comparison
        const bytes = new TextEncoder().encode(comparisonCsv(places(get()), cells))
        return { name: 'comparison.csv', bytes }
      },
    },
  }
}

const audioOf = ({ samples, sampleRateHz }: GridAudio): GridAudio => ({ samples, sampleRateHz })
type GridAudio = { readonly samples: Float32Array<ArrayBuffer>; readonly sampleRateHz: number }

/** Cells that were still to be made when the work ended are empty again. */
function finishedOf(cells: ComparisonState['cells']): ComparisonState['cells'] {
  return Object.fromEntries(
    Object.entries(cells).filter(([, { state }]) => state === 'done' || state === 'failed'),
  )
}
