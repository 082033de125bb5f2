/** Exclusive playback: when one player starts, the others pause. */

type Player = {
  onChange(listener: (state: { readonly playing: boolean }) => void): () => void
  pause(): void
}

export function playOneAtATime(players: readonly Player[]): void {
  for (const player of players) {
    let wasPlaying = false
    player.onChange(({ playing }) => {
      const begins = playing && !wasPlaying
      wasPlaying = playing
      if (begins) for (const other of players) if (other !== player) other.pause()
    })
  }
}
