/** The five formulas as text: for copying and for browsers without MathML, and as a screen reader reads them. */

export const plain = {
  noisy: 'y = √ᾱ x + √(1 − ᾱ) ε,  ε ~ N(0, I)',
  schedule: 'ᾱ_n = (1 − β_1)(1 − β_2) … (1 − β_n)',
  step: 'y_(n−1) = (y_n − β_n / √(1 − ᾱ_n) · ε_θ(y_n, mel, √ᾱ_n)) / √(1 − β_n) + σ_n z',
  waveGrad: 'L_WG = mean ‖ε − ε_θ(y, mel, √ᾱ)‖₁',
  inferGrad: 'L = L_WG + λ L_IF,  L_IF = D(y_0, x)',
} as const

export const spoken = {
  noisy:
    'y is root alpha-bar times x, plus root of 1 minus alpha-bar times epsilon; epsilon is standard normal noise',
  schedule: 'alpha-bar n is the product of 1 minus beta i over i from 1 to n',
  step: 'y n minus 1 is y n, less beta n over root of 1 minus alpha-bar n times the noise that the network finds in y n, all of it over root of 1 minus beta n, plus sigma n times fresh noise z',
  waveGrad:
    'The loss of WaveGrad is the mean absolute difference between the noise and the network’s estimate of it',
  inferGrad:
    'The loss is that of WaveGrad plus lambda times the infer loss; the infer loss is the distance D of y zero and the recording x',
} as const

export type FormulaName = keyof typeof plain
