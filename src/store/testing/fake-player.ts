/** Players without sound. */
import type { PlayerState, PlayerTake, TakePlayer } from '../../audio/playback/player.ts'
import type { StreamPlayer, StreamState } from '../../audio/playback/stream-player.ts'

/** Records its calls and has no running clock. */
export class FakePlayer implements TakePlayer {
  state: PlayerState = { playing: false, durationSeconds: 0 }
  takes: readonly PlayerTake[] = []
  outputHz?: number
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
  openOutput(sampleRateHz: number): void {
    this.outputHz = sampleRateHz
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

/** Records the pieces, and plays until it is told to pause. */
export class FakeStreamPlayer implements StreamPlayer {
  state: StreamState = { playing: false }
  sampleRateHz = 0
  pieces: Float32Array[] = []
  finished = false
  readonly #listeners: ((state: StreamState) => void)[] = []

  onChange(listener: (state: StreamState) => void): () => void {
    this.#listeners.push(listener)
    return () => {}
  }
  open(sampleRateHz: number): void {
    this.pause()
    this.sampleRateHz = sampleRateHz
    this.pieces = []
    this.finished = false
  }
  append = (samples: Float32Array) => this.pieces.push(samples)
  finish() {
    this.finished = true
  }
  play = async () => this.#change(true)
  pause = () => this.#change(false)
  #change(playing: boolean): void {
    this.state = { playing }
    for (const listener of this.#listeners) listener(this.state)
  }
}
