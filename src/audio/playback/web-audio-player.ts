/**
 * The TakePlayer of the page. It keeps the requested state (takes, position, region, audible take) whether or not there
 * is sound, opens the audio output at the first play, and suspends the device some time after the last.
 */
import { resample } from '../../dsp/signals/resample.ts'
import { clockMoves, noOutput, openAudioOutput, startOutput } from './audio-output.ts'
import { fadeSeconds } from './faded-gain.ts'
import type { PlayerState, PlayerTake, TakePlayer, TimeRange } from './player.ts'
import { type FrameRegion, type Leads, TakeMixer, type Voice } from './take-mixer.ts'

/** A shorter loop is a slip of the pointer, and would consist of fades only. */
const minTimeRangeSeconds = 2 * fadeSeconds

const idleMs = 1000

/**
 * The output may already have rendered its base latency between a reading of its clock and a change, so changes are
 * scheduled that much later, plus a margin. With the fade of 5 ms a switch is complete 8 ms after the base latency.
 */
export function leadsOf(baseLatencySeconds: number): Leads {
  return { startSeconds: baseLatencySeconds + 0.01, switchSeconds: baseLatencySeconds + 0.003 }
}

type Output = {
  readonly context: AudioContext
  /** The rate of the takes; the context's own rate differs if the browser could not provide it. */
  readonly requestedHz: number
  readonly mixer: TakeMixer
  /** Takes of another rate than the context's, resampled once. */
  readonly resampled: WeakMap<Float32Array, Float32Array<ArrayBuffer>>
}

export class WebAudioPlayer implements TakePlayer {
  readonly #open: (sampleRateHz: number) => AudioContext
  readonly #listeners = new Set<(state: PlayerState) => void>()
  #state: PlayerState = { playing: false, durationSeconds: 0 }
  #takes: readonly PlayerTake[] = []
  #output?: Output
  /** The position of the clock while it does not run. */
  #restSeconds = 0
  /** Counts plays and pauses, so that a play that waited for the output can detect that it is obsolete. */
  #wish = 0
  #idleTimer?: ReturnType<typeof setTimeout>
  #suspended?: Promise<void>

  /** `open` is for tests of outputs that fail. */
  constructor(open = openAudioOutput) {
    this.#open = open
  }

  get state(): PlayerState {
    return this.#state
  }

  onChange(listener: (state: PlayerState) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  setTakes(takes: readonly PlayerTake[], audibleId = this.#state.audibleId): void {
    const before = this.#takes
    const sameVoices =
      takes.length === before.length &&
      takes.every(({ id, samples }, i) => id === before[i].id && samples === before[i].samples)
    this.#takes = takes
    const durationSeconds = Math.max(0, ...takes.map((take) => take.samples.length / take.sampleRateHz))
    this.#change({
      durationSeconds,
      audibleId: (takes.find(({ id }) => id === audibleId) ?? takes[0])?.id,
      region: clampRegion(this.#state.region, durationSeconds),
    })
    this.#restSeconds = Math.min(this.#restSeconds, durationSeconds)
    if (takes.length === 0) this.stop()
    else if (sameVoices) this.#applyLevels()
    else this.#restart()
  }

  select(takeId: string): void {
    if (!this.#takes.some(({ id }) => id === takeId)) return
    this.#change({ audibleId: takeId })
    this.#applyLevels()
  }

  openOutput(sampleRateHz: number): void {
    if (this.#state.playing) return
    try {
      const { context } = this.#outputAt(sampleRateHz)
      context.resume().catch(() => {})
    } catch {
      // `play` opens it again and says why that fails.
    }
  }

  async play(): Promise<void> {
    if (this.#state.playing) return
    // An output that was opened for takes that never came is not left running.
    if (this.#takes.length === 0) return this.#rest()
    const wish = ++this.#wish
    clearTimeout(this.#idleTimer)
    const { context } = this.#outputAt(this.#takes[0].sampleRateHz)
    await this.#suspended
    await startOutput(context)
    if (wish !== this.#wish || this.#takes.length === 0) return
    this.#change({ playing: true, problem: undefined })
    this.#restart(this.#restSeconds)
    if ((await clockMoves(context)) || wish !== this.#wish) return
    this.pause()
    throw noOutput()
  }

  pause(): void {
    this.#halt()
    this.#rest()
  }

  stop(): void {
    this.pause()
    this.#restSeconds = this.#state.region?.startSeconds ?? 0
  }

  seek(seconds: number): void {
    this.#restSeconds = Math.min(Math.max(0, seconds), this.#state.durationSeconds)
    this.#restart(this.#restSeconds)
  }

  loopRegion(region: TimeRange | undefined): void {
    this.#change({ region: clampRegion(region, this.#state.durationSeconds) })
    this.#restart()
  }

  positionSeconds(): number {
    if (!this.#output) return this.#restSeconds
    const { context, mixer } = this.#output
    const audibleAtSeconds = context.currentTime - (context.outputLatency || 0)
    const frame = mixer.positionAt(audibleAtSeconds * context.sampleRate)
    return frame === undefined ? this.#restSeconds : frame / context.sampleRate
  }

  dispose(): void {
    this.#listeners.clear()
    this.pause()
    this.#close()
    this.#takes = []
  }

  /** The open output if it was opened for this rate, otherwise a new one. */
  #outputAt(sampleRateHz: number): Output {
    if (this.#output?.requestedHz === sampleRateHz) return this.#output
    this.#close()
    const context = this.#open(sampleRateHz)
    const mixer = new TakeMixer(context, leadsOf(context.baseLatency || 0), () => {
      this.#wish++
      this.#restSeconds = 0
      this.#rest()
    })
    context.addEventListener('error', () => this.#lose())
    context.addEventListener('statechange', () => {
      if (this.#state.playing && context.state !== 'running' && context === this.#output?.context)
        this.#lose()
    })
    this.#output = { context, mixer, requestedHz: sampleRateHz, resampled: new WeakMap() }
    return this.#output
  }

  /** Ends the pass and stores its position; also invalidates a play that still waits for the output. */
  #halt(): void {
    this.#wish++
    const frame = this.#output?.mixer.halt()
    if (this.#output && frame !== undefined) this.#restSeconds = frame / this.#output.context.sampleRate
  }

  /** Called when the device disappears during playback. */
  #lose(): void {
    this.#halt()
    this.#close()
    this.#change({ playing: false, problem: noOutput().problem })
  }

  #close(): void {
    clearTimeout(this.#idleTimer)
    const context = this.#output?.context
    this.#output = undefined
    if (context && context.state !== 'closed') void context.close()
  }

  /**
   * Playback has ended; suspends the device and drops the copies of the takes after a delay, so that a quick replay need
   * not wait.
   */
  #rest(): void {
    if (this.#state.playing) this.#change({ playing: false })
    clearTimeout(this.#idleTimer)
    const output = this.#output
    this.#idleTimer = setTimeout(() => {
      this.#suspended = output?.context.suspend()
      output?.mixer.forgetBuffers()
    }, idleMs)
  }

  /**
   * Starts a new pass with the requested state, from `fromSeconds` or the current position; does nothing unless
   * playing.
   */
  #restart(fromSeconds?: number): void {
    const output = this.#output
    if (!output || !this.#state.playing) return
    const rate = output.context.sampleRate
    const { region } = this.#state
    const frames: FrameRegion | undefined = region && {
      startFrame: Math.round(region.startSeconds * rate),
      endFrame: Math.round(region.endSeconds * rate),
    }
    const voices = this.#takes.map((take) => this.#voice(output, take))
    output.mixer.start(voices, frames, fromSeconds === undefined ? undefined : Math.round(fromSeconds * rate))
  }

  #voice({ context, resampled }: Output, take: PlayerTake): Voice {
    const { id, samples, sampleRateHz } = take
    if (sampleRateHz === context.sampleRate) return { id, samples, level: this.#level(take) }
    const known = resampled.get(samples) ?? resample(samples, sampleRateHz, context.sampleRate)
    resampled.set(samples, known)
    return { id, samples: known, level: this.#level(take) }
  }

  #level({ id, gainDb }: PlayerTake): number {
    return id === this.#state.audibleId ? 10 ** (Math.min(0, gainDb) / 20) : 0
  }

  #applyLevels(): void {
    this.#output?.mixer.setLevels(new Map(this.#takes.map((take) => [take.id, this.#level(take)])))
  }

  #change(change: Partial<PlayerState>): void {
    const next = { ...this.#state, ...change }
    this.#state = next
    for (const listener of this.#listeners) listener(next)
  }
}

function clampRegion(region: TimeRange | undefined, durationSeconds: number): TimeRange | undefined {
  if (!region) return undefined
  const startSeconds = Math.max(0, region.startSeconds)
  const endSeconds = Math.min(durationSeconds, region.endSeconds)
  return endSeconds - startSeconds < minTimeRangeSeconds ? undefined : { startSeconds, endSeconds }
}
