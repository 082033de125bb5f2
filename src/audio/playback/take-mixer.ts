/**
 * The scheduling core of the player. A pass plays all takes from one frame on, each through its own gain; switching
 * changes only the gains. Any other change (position, region, the takes themselves) starts a new pass, while the old
 * one fades out. It accepts any BaseAudioContext, so that tests can render it offline and inspect single samples.
 */
import { FadedGain } from './faded-gain.ts'
import { type ClockRun, positionAt } from './take-clock.ts'

export type Voice = {
  readonly id: string
  /** Its rate is that of the context. */
  readonly samples: Float32Array<ArrayBuffer>
  /** The gain is linear; it is 0 for a take that runs inaudibly. */
  readonly level: number
}

/** A range in frames of the takes, end exclusive, at least one frame long. */
export type FrameRegion = { readonly startFrame: number; readonly endFrame: number }

/**
 * Changes are scheduled so many seconds ahead of the context's clock that the rendering thread receives them in time. A
 * pass that starts late is delayed by as many samples; a late switch loses part of its fade.
 */
export type Leads = { readonly startSeconds: number; readonly switchSeconds: number }

type Pass = {
  readonly run: ClockRun
  /** Fades the pass as a whole, in and out. */
  readonly bus: FadedGain
  readonly voices: ReadonlyMap<string, { readonly source: AudioBufferSourceNode; readonly gain: FadedGain }>
}

export class TakeMixer {
  readonly #context: BaseAudioContext
  readonly #leads: Leads
  readonly #onEnded: () => void
  #buffers = new Map<Float32Array, AudioBuffer>()
  #pass?: Pass
  /** The run before the current one. It is still audible while the output lags behind the schedule. */
  #previousRun?: ClockRun

  /** `onEnded` is called when a pass without a region has played to its end. */
  constructor(context: BaseAudioContext, leads: Leads, onEnded: () => void) {
    this.#context = context
    this.#leads = leads
    this.#onEnded = onEnded
  }

  /** Starts a pass at `fromFrame`, or at the current position. Without `region` it ends with the longest voice. */
  start(voices: readonly Voice[], region?: FrameRegion, fromFrame?: number): void {
    const contextFrame = this.#frameIn(this.#leads.startSeconds)
    const lengthFrames = Math.max(...voices.map(({ samples }) => samples.length))
    const [startFrame, endFrame] = region ? [region.startFrame, region.endFrame] : [0, lengthFrames]
    const standing = fromFrame ?? (this.#pass ? positionAt(this.#pass.run, contextFrame) : startFrame)
    const inside = standing >= startFrame && standing < endFrame
    const run = {
      contextFrame,
      fromFrame: inside ? standing : startFrame,
      endFrame,
      loopFrame: region?.startFrame,
    }
    const fromSilence = !this.#pass && run.fromFrame === 0
    this.#retire(contextFrame)
    this.#pass = this.#schedule(voices, run, lengthFrames, fromSilence ? 1 : 0)
    this.#pass.bus.fadeTo(1, contextFrame)
  }

  /** Crossfades to the given linear levels by id; voices without a level become silent. */
  setLevels(levels: ReadonlyMap<string, number>): void {
    const at = this.#frameIn(this.#leads.switchSeconds)
    for (const [id, { gain }] of this.#pass?.voices ?? []) gain.fadeTo(levels.get(id) ?? 0, at)
  }

  /** Ends the pass and returns its position; undefined if there is none. */
  halt(): number | undefined {
    const at = this.#frameIn(this.#leads.startSeconds)
    const position = this.#pass && positionAt(this.#pass.run, at)
    this.#retire(at)
    return position
  }

  /** Drops the copies of the takes that playback needs; the next pass makes them again. */
  forgetBuffers(): void {
    this.#buffers = new Map()
  }

  /** Frame of the takes at `contextFrame`, which may be slightly in the past; undefined if nothing plays. */
  positionAt(contextFrame: number): number | undefined {
    if (!this.#pass) return undefined
    const { run } = this.#pass
    return positionAt(
      contextFrame < run.contextFrame && this.#previousRun ? this.#previousRun : run,
      contextFrame,
    )
  }

  #frameIn(seconds: number): number {
    return Math.ceil((this.#context.currentTime + seconds) * this.#context.sampleRate - 1e-6)
  }

  #retire(at: number): void {
    const pass = this.#pass
    this.#pass = undefined
    this.#previousRun = pass?.run
    if (!pass) return
    const silentFrame = pass.bus.fadeTo(0, at)
    for (const { source } of pass.voices.values()) source.stop(silentFrame / this.#context.sampleRate)
  }

  #schedule(voices: readonly Voice[], run: ClockRun, lengthFrames: number, busLevel: number): Pass {
    const context = this.#context
    const seconds = (frame: number) => frame / context.sampleRate
    const bus = new FadedGain(context, busLevel)
    bus.node.connect(context.destination)
    const buffers = new Map<Float32Array, AudioBuffer>()
    const pass: Pass = {
      run,
      bus,
      voices: new Map(
        voices.map(({ id, samples, level }) => {
          const buffer = this.#bufferOf(samples, lengthFrames)
          buffers.set(samples, buffer)
          const source = new AudioBufferSourceNode(context, {
            buffer,
            loop: run.loopFrame !== undefined,
            loopStart: secondsUpTo(run.loopFrame ?? 0, context.sampleRate),
            loopEnd: secondsUpTo(run.endFrame, context.sampleRate),
          })
          const gain = new FadedGain(context, level)
          source.connect(gain.node).connect(bus.node)
          source.start(seconds(run.contextFrame), seconds(run.fromFrame))
          source.onended = () => this.#ended(pass)
          return [id, { source, gain }]
        }),
      ),
    }
    this.#buffers = buffers
    return pass
  }

  #ended(pass: Pass): void {
    pass.bus.node.disconnect()
    if (pass !== this.#pass) return
    this.#pass = undefined
    this.#previousRun = undefined
    this.#onEnded()
  }

  /** Pads `samples` with silence to the length of the longest take; otherwise each take would loop at its own end. */
  #bufferOf(samples: Float32Array<ArrayBuffer>, lengthFrames: number): AudioBuffer {
    const known = this.#buffers.get(samples)
    if (known?.length === lengthFrames) return known
    const buffer = new AudioBuffer({ length: lengthFrames, sampleRate: this.#context.sampleRate })
    buffer.copyToChannel(samples, 0)
    return buffer
  }
}

/**
 * The largest time in seconds that, times the rate, is at most `frame`, to within a millionth of a frame. If rounding
 * moves the end of a loop above a frame, Chromium 150 plays that frame too.
 */
function secondsUpTo(frame: number, sampleRateHz: number): number {
  const seconds = frame / sampleRateHz
  return seconds * sampleRateHz > frame ? seconds * (1 - Number.EPSILON) : seconds
}
