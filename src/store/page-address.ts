/** Builds the address that recreates the page's state; it names no source if the source is the user's own. */
import { writeAddress } from './address.ts'
import type { PageState } from './state.ts'

export function pageAddress({ synthesis, source, takes, playback, view }: PageState): string {
  return writeAddress({
    settings: synthesis.settings,
    exampleId: source.current?.exampleId,
    // Before there are takes, there is nothing to loop yet.
    region: takes.all.length === 0 ? playback.lastRegion : playback.region,
    shownSeconds: view.shownSeconds,
    frequencyAxis: view.frequencyAxis,
  })
}
