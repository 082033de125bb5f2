/**
 * A gain that changes only by short linear fades. They are linear because a crossfade here mixes two versions of the
 * same utterance, whose gains must sum to one. The class tracks its own automation, since `AudioParam.value` does not
 * give future values and not every browser has `cancelAndHoldAtTime`.
 */

/** Long enough to avoid clicks, short enough to seem instant. */
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

  /**
   * Fades to `level` (linear) from frame `at` of the context, which must not be in the past. Returns the frame after
   * the fade.
   */
  fadeTo(level: number, at: number): number {
    const end = at + this.#fadeFrames
    if (level === this.#to && at >= this.#startFrame + this.#fadeFrames) return end
    const { gain, context } = this.node
    const held = this.#levelAt(at)
    gain.cancelScheduledValues(at / context.sampleRate)
    // Cancelling removed the end of a fade in progress, so this ramp replaces it up to `at`.
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
