/** Exclusive playback: when one player starts, the others pause. */
import type { TakePlayer } from './player.ts'

export function playOneAtATime(players: readonly Pick<TakePlayer, 'onChange' | 'pause'>[]): void {
  for (const player of players) {
    let wasPlaying = false
    player.onChange(({ playing }) => {
      const begins = playing && !wasPlaying
      wasPlaying = playing
      if (begins) for (const other of players) if (other !== player) other.pause()
    })
  }
}
