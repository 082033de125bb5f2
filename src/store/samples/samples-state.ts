/** The samples of the first view: one clip as several systems make it, played on one clock. */
import type { System } from '../synthesis/systems.ts'

export type Sample = {
  readonly system: Extract<System, 'no-network' | 'wavegrad' | 'infergrad' | 'recording'>
  /** Absent without a network. */
  readonly steps?: number
  /** Name of its file, which is also its id. */
  readonly file: string
  /** Address of the picture of its spectrogram. */
  readonly picture: string
  readonly loudnessLufs: number
}

export type SampleClip = {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly language: string
  readonly sampleRateHz: number
  readonly samples: readonly Sample[]
}

export type SamplesState = {
  readonly clips: readonly SampleClip[]
  readonly clipId?: string
  /** Whether the samples of the chosen clip can be played; `missing` if they could not be loaded. */
  readonly status: 'loading' | 'ready' | 'missing'
  readonly durationSeconds: number
  readonly playing: boolean
  /** File of the sample that plays, or would play. */
  readonly audibleId?: string
  /** Number of seeks by the user; the position is known only to the player. */
  readonly seeks: number
}

export type SamplesActions = {
  /** Loads the first clip unless that is done; a failure is a state, because the rest of the page works. */
  readonly load: () => Promise<void>
  readonly choose: (clipId: string) => Promise<void>
  /** Plays from the position of the clock, as soon as the samples are there. */
  readonly play: (file?: string) => Promise<void>
  readonly pause: () => void
  /** Selects a sample without moving the clock. */
  readonly select: (file: string) => void
  readonly seek: (seconds: number) => void
}
