/** Reports the position of the samples' clock to a component. */
import { useClockOf } from '../figures/use-clock.ts'
import { useEarlyPage, useEarlyParts } from '../shell/page-context.ts'

/** @param onTime receives seconds; pass a stable function. */
export function useSampleClock(onTime: (seconds: number) => void): void {
  const { samplePlayer } = useEarlyParts()
  const moved = useEarlyPage(({ samples }) => ({
    playing: samples.playing,
    clipId: samples.clipId,
    durationSeconds: samples.durationSeconds,
    seeks: samples.seeks,
  }))
  useClockOf(samplePlayer, moved, onTime)
}
