/** One line about each system, for users who do not know it yet. */
import type { System } from '../../store/synthesis/systems.ts'

export const systemLines: Readonly<Record<System, string>> = {
  wavegrad: 'A diffusion vocoder, trained to remove noise from a waveform. Made for many steps.',
  infergrad: 'The same network, trained through its own few steps as well.',
  tuned: 'Your own model: one of the two, fine-tuned on your voice.',
  'no-network': 'The control: the network’s input, filtered by the mel. A network has to beat it.',
  'griffin-lim': 'The classical baseline: no network, but phases found by iteration.',
  recording: 'The original speech. The vocoders only get its mel.',
  file: 'Audio that you added, to compare it with the takes.',
}
