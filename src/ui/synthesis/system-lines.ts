/** One line about each system, for users who do not know it yet. */
import type { System } from '../../store/synthesis/systems.ts'

export const systemLines: Readonly<Record<System, string>> = {
  wavegrad: 'Diffusion vocoder trained to predict the noise in a waveform; made for many steps.',
  infergrad: 'The same network, trained through its own few steps of inference as well.',
  tuned: 'Your own model: one of the two, taught the voice that you gave it.',
  'no-network':
    'The control: what goes into the network, shaped by the mel, without the network. A network has to beat it.',
  'griffin-lim': 'No network: finds phases that fit the magnitudes by iterating. The classical baseline.',
  recording: 'The speech itself, which the vocoders never hear: they get its mel alone.',
  file: 'Audio from elsewhere, put beside the takes to compare it with them.',
}
