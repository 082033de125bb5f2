/** Explanations of the field's terms, in a sentence or two each. */

export const glossary = {
  'mel spectrogram': {
    title: 'Mel spectrogram',
    text: 'A compact picture of speech: how loud each of 80 frequency bands is, 86 times a second. It says nothing about phase, so it cannot simply be played.',
  },
  vocoder: {
    title: 'Vocoder',
    text: 'A program that turns a spectrogram back into sound. Text-to-speech systems use one as their last stage.',
  },
  'diffusion step': {
    title: 'Diffusion step',
    text: 'One run of the network, which removes a part of the noise. More steps usually sound better and take longer.',
  },
  'noise schedule': {
    title: 'Noise schedule',
    text: 'How much noise each step removes, given as one number (β) per step. With few steps, the choice matters a great deal.',
  },
  seed: {
    title: 'Seed',
    text: 'The number from which the random noise is drawn. The same seed and settings give the same sound again.',
  },
  lsd: {
    title: 'LSD, log-spectral distance',
    text: 'How far the fine spectra of two sounds are apart, frame by frame, in decibels. 0 means equal; lower is better.',
  },
  'mr-stft': {
    title: 'MR-STFT distance',
    text: 'How far two sounds are apart in spectrograms of three window lengths, which see both pitch and timing. 0 means equal; lower is better.',
  },
} as const

export type TermName = keyof typeof glossary
