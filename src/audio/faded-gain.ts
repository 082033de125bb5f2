/**
 * A gain that moves only by short linear fades. Linear, because what is crossfaded here is the same utterance twice, whose
 * gains must add up to one. It remembers its own course, since `AudioParam.value` does not tell a future value and
 * `cancelAndHoldAtTime` is not everywhere.
 */

/** Long enough not to click, short enough to be heard as at once. */
export const fadeSeconds = 0.005

export class FadedGain {
  readonly node: GainNode
  readonly #fadeFrames: number
  #from: number
  #to: number
  #startFrame = 0

  constructor(context: BaseAudioContext, level: number) {
    this.node = new GainNode(context)
    this.node.gain.setValueAtTime(level, context.currentTime)
    this.#fadeFrames = Math.round(fadeSeconds * context.sampleRate)
    this.#from = level
    this.#to = level
  }

  /** Fades to `level` (linear) from frame `at` of the context on, which must not be in the past. Returns the frame after. */
  fadeTo(level: number, at: number): number {
    const end = at + this.#fadeFrames
    if (level === this.#to && at >= this.#startFrame + this.#fadeFrames) return end
    const { gain, context } = this.node
    const held = this.#levelAt(at)
    gain.cancelScheduledValues(at / context.sampleRate)
    // A ramp to where it would have been anyway: the fade under way lost its end and needs this one.
    gain.linearRampToValueAtTime(held, at / context.sampleRate)
    gain.linearRampToValueAtTime(level, end / context.sampleRate)
    this.#from = held
    this.#to = level
    this.#startFrame = at
    return end
  }

  #levelAt(frame: number): number {
    const done = Math.min(1, Math.max(0, (frame - this.#startFrame) / this.#fadeFrames))
    return done === 1 ? this.#to : this.#from + (this.#to - this.#from) * done
  }
}
