/** The settings, and the address that recreates them. */
import type { TimeRange } from '../../audio/player.ts'
import { writeAddress } from '../address.ts'
import type { Services } from '../services.ts'
import type { GetState, SetState, SettingsSlice } from '../state.ts'
import { currentTake, removeTake } from '../takes/takes.ts'
import type { Settings } from './settings.ts'

export function createSettingsSlice(
  set: SetState,
  get: GetState,
  services: Pick<Services, 'clips' | 'signals'>,
  initial: Settings,
): SettingsSlice {
  /** Beside takes that are made after it was switched off, it would be of other settings than they are. */
  function removeControl(): void {
    const control = currentTake(get().takes, 'no-network')
    if (control) removeTake(set, get, services, control.id)
  }

  return {
    settings: initial,
    changeSettings(change) {
      set(({ settings }) => ({ settings: { ...settings, ...change } }))
      if (change.control === false) removeControl()
      if (change.size && get().engine.state === 'ready') void get().loadModels()
    },
    shareAddress() {
      const { settings, source, takes, region, lastRegion, shownSeconds, frequencyAxis } = get()
      return writeAddress({
        settings,
        exampleId: source?.exampleId,
        // Before there are takes, there is nothing to loop yet.
        region: takes.length === 0 ? lastRegion : region,
        shownSeconds,
        frequencyAxis,
      })
    },
    restoreView({ exampleId, region, shownSeconds }) {
      const { source, loopRegion, showSeconds } = get()
      const names = [region && 'loop', shownSeconds && 'view'].filter((name) => name)
      if (!source || names.length === 0) return
      const ignore = (note: string) => set(({ notes }) => ({ notes: [...notes, note] }))
      if (!exampleId) {
        return ignore(`The address says ${names.join(' and ')}, but not of which example; that was ignored.`)
      }
      if (source.exampleId !== exampleId) return
      const isInside = (stretch: TimeRange) => stretch.startSeconds < source.durationSeconds
      const length = `the example is ${source.durationSeconds.toFixed(2)} s long`
      if (region && isInside(region)) loopRegion(region)
      else if (region) ignore(`The loop in the address was ignored: ${length}.`)
      if (shownSeconds && isInside(shownSeconds)) showSeconds(shownSeconds)
      else if (shownSeconds) ignore(`The view in the address was ignored: ${length}.`)
    },
  }
}
