/** Tells a component the player's position: at every frame while it plays, and once after whatever moves it at rest. */
import { useEffect } from 'react'
import { usePage, usePageParts } from '../shell/page-context.ts'

/** @param onTime gets seconds on the takes' clock; keep it stable. */
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
