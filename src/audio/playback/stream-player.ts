/**
 * Plays a signal that is still being made: pieces are scheduled one after the other as they arrive. If a piece comes
 * too late, there is a gap, and playback continues with that piece.
 */
import { clockMoves, noOutput, openAudioOutput, startOutput } from './audio-output.ts'

export type StreamState = { readonly playing: boolean }

export interface StreamPlayer {
  readonly state: StreamState
  /** Adds a listener; returns the function that removes it. */
  onChange(listener: (state: StreamState) => void): () => void
  /** Forgets the previous signal and expects the pieces of another one. */
  open(sampleRateHz: number): void
  /** Adds the next piece, of at least one sample; nobody writes to it afterwards. */
  append(samples: Float32Array<ArrayBuffer>): void
  /** Marks the signal as complete. It is forgotten once its playback has ended. */
  finish(): void
  /** Plays from the beginning, up to the end of the signal. Rejects with a `ProblemError` if there is no output. */
  play(): Promise<void>
  pause(): void
}

/** Time to schedule a piece before it sounds. */
const leadSeconds = 0.05

export class WebStreamPlayer implements StreamPlayer {
  readonly #openOutput: (sampleRateHz: number) => AudioContext
  readonly #listeners = new Set<(state: StreamState) => void>()
  #state: StreamState = { playing: false }
  #sampleRateHz = 0
  #pieces: Float32Array<ArrayBuffer>[] = []
  #complete = false
  #context: AudioContext | undefined
  /** The time at which the next piece begins. */
  #nextSeconds = 0
  /** The number of scheduled pieces that have not ended. */
  #sounding = 0
  /** Counts plays and pauses, so that a play that waited for the output can detect that it is obsolete. */
  #wish = 0

  /** `openOutput` is for tests. */
  constructor(openOutput = openAudioOutput) {
    this.#openOutput = openOutput
  }

  get state(): StreamState {
    return this.#state
  }

  onChange(listener: (state: StreamState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(sampleRateHz: number): void {
    this.pause()
    this.#sampleRateHz = sampleRateHz
    this.#pieces = []
    this.#complete = false
  }

  append(samples: Float32Array<ArrayBuffer>): void {
    this.#pieces.push(samples)
    if (this.#context && this.#state.playing) this.#schedule(this.#context, samples)
  }

  finish(): void {
    this.#complete = true
    this.#endIfSilent()
  }

  async play(): Promise<void> {
    if (this.#state.playing || this.#pieces.length === 0) return
    const wish = ++this.#wish
    this.#close()
    const context = this.#openOutput(this.#sampleRateHz)
    this.#context = context
    try {
      await startOutput(context)
    } catch (thrown) {
      // Closing the context of an obsolete play makes it fail, too.
      if (wish !== this.#wish) return
      this.pause()
      throw thrown
    }
    if (wish !== this.#wish) return
    this.#change({ playing: true })
    for (const piece of this.#pieces) this.#schedule(context, piece)
    if ((await clockMoves(context)) || wish !== this.#wish) return
    this.pause()
    throw noOutput()
  }

  pause(): void {
    this.#wish++
    this.#close()
    if (this.#complete) this.#pieces = []
    if (this.#state.playing) this.#change({ playing: false })
  }

  #schedule(context: AudioContext, samples: Float32Array<ArrayBuffer>): void {
    const buffer = context.createBuffer(1, samples.length, this.#sampleRateHz)
    buffer.copyToChannel(samples, 0)
    const source = context.createBufferSource()
    source.buffer = buffer
    source.connect(context.destination)
    const begin = Math.max(this.#nextSeconds, context.currentTime + leadSeconds)
    this.#nextSeconds = begin + buffer.duration
    this.#sounding++
    source.onended = () => {
      if (context !== this.#context) return
      this.#sounding--
      this.#endIfSilent()
    }
    source.start(begin)
  }

  #endIfSilent(): void {
    const starting = this.#context !== undefined && !this.#state.playing
    if (this.#complete && this.#sounding === 0 && !starting) this.pause()
  }

  #close(): void {
    const context = this.#context
    this.#context = undefined
    this.#nextSeconds = 0
    this.#sounding = 0
    if (context && context.state !== 'closed') void context.close()
  }

  #change(state: StreamState): void {
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }
}
