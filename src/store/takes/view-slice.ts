/** The view of all pictures. A new source starts with its whole duration in view. */
import type { TimeRange } from '../../audio/playback/player.ts'
import type { Slice, SliceContext } from '../slice.ts'
import type { ViewActions, ViewState } from './view-state.ts'

export function createViewSlice({
  get,
  set,
  actions,
  watch,
}: SliceContext<'view'>): Slice<ViewState, ViewActions> {
  watch(
    ({ source }) => source.current,
    () => set({ shownSeconds: undefined, crosshair: undefined }),
  )
  return {
    state: { frequencyAxis: 'linear' },
    actions: {
      changeAxis: (frequencyAxis) => set({ frequencyAxis }),
      showSeconds: (shownSeconds) => set({ shownSeconds }),
      lockRange: (lockedRange) => set({ lockedRange }),
      pointTo: (crosshair) => set({ crosshair }),
      restore({ exampleId, region, shownSeconds }) {
        const source = get().source.current
        const names = [region && 'loop', shownSeconds && 'view'].filter((name) => name)
        if (!source || names.length === 0) return
        const { note } = actions.problems
        if (!exampleId) {
          return note(`The address gives ${names.join(' and ')} without an example, so that was ignored.`)
        }
        if (source.exampleId !== exampleId) return
        const isInside = (range: TimeRange) => range.startSeconds < source.durationSeconds
        const length = `the example is ${source.durationSeconds.toFixed(2)} s long`
        if (region && isInside(region)) actions.playback.loopRegion(region)
        else if (region) note(`The loop in the address was ignored: ${length}.`)
        if (shownSeconds && isInside(shownSeconds)) actions.view.showSeconds(shownSeconds)
        else if (shownSeconds) note(`The view in the address was ignored: ${length}.`)
      },
    },
  }
}
