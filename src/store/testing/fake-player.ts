/** A player without sound. */
import type { PlayerState, PlayerTake, TakePlayer } from '../../audio/player.ts'

/** Records its calls and has no running clock. */
export class FakePlayer implements TakePlayer {
  state: PlayerState = { playing: false, durationSeconds: 0 }
  takes: readonly PlayerTake[] = []
  readonly #listeners: ((state: PlayerState) => void)[] = []

  onChange(listener: (state: PlayerState) => void): () => void {
    this.#listeners.push(listener)
    return () => {}
  }
  change(change: Partial<PlayerState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.#listeners) listener(this.state)
  }
  setTakes(takes: readonly PlayerTake[], audibleId = this.state.audibleId): void {
    this.takes = takes
    this.change({ audibleId: (takes.find(({ id }) => id === audibleId) ?? takes[0])?.id })
  }
  select = (audibleId: string) => this.change({ audibleId })
  play = async () => this.change({ playing: true })
  pause = () => this.change({ playing: false })
  stop = () => this.pause()
  seek() {}
  loopRegion = (region: PlayerState['region']) => this.change({ region })
  positionSeconds = () => 0
  dispose() {}
}
