/**
 * Reports a player's position to a component: at every frame during playback, and once after every change while paused.
 */
import { useEffect } from 'react'
import { usePage, usePageParts } from '../shell/page-context.ts'

type Clock = { readonly positionSeconds: () => number }

/** @param onTime receives seconds on the takes' clock; pass a stable function. */
export function useClock(onTime: (seconds: number) => void): void {
  const { player } = usePageParts()
  const moved = usePage((state) => ({
    playing: state.playback.playing,
    region: state.playback.region,
    takes: state.takes.all,
    seeks: state.playback.seeks,
  }))
  useClockOf(player, moved, onTime)
}

/** @param moved an object that is new after everything that can move the clock. */
export function useClockOf(
  clock: Clock,
  moved: { readonly playing: boolean },
  onTime: (seconds: number) => void,
): void {
  useEffect(() => {
    onTime(clock.positionSeconds())
    if (!moved.playing) return
    let frame = requestAnimationFrame(function tick() {
      onTime(clock.positionSeconds())
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [clock, onTime, moved])
}
