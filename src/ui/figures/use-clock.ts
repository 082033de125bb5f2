/**
 * Reports the player's position to a component: at every frame during playback, and once after every change while
 * paused.
 */
import { useEffect } from 'react'
import { usePage, usePageParts } from '../shell/page-context.ts'

/** @param onTime receives seconds on the takes' clock; pass a stable function. */
export function useClock(onTime: (seconds: number) => void): void {
  const { player } = usePageParts()
  const moved = usePage((state) => ({
    playing: state.playback.playing,
    region: state.playback.region,
    takes: state.takes.all,
    seeks: state.playback.seeks,
  }))
  useEffect(() => {
    onTime(player.positionSeconds())
    if (!moved.playing) return
    let frame = requestAnimationFrame(function tick() {
      onTime(player.positionSeconds())
      frame = requestAnimationFrame(tick)
    })
    return () => cancelAnimationFrame(frame)
  }, [player, onTime, moved])
}
