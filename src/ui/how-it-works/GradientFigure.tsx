/**
 * Shows where the two losses apply: WaveGrad's at one noise level, and InferGrad's at the output of its sampling steps,
 * with a gradient that flows back through all of them.
 */
import { useId } from 'react'
import styles from './GradientFigure.module.css'

const stepsShown = [
  { x: 62, from: 'y₂', text: 'n = 2' },
  { x: 188, from: 'y₁', text: 'n = 1' },
] as const

export function GradientFigure() {
  const id = useId()
  return (
    <figure>
      <svg viewBox="0 0 430 196" role="img" aria-labelledby={id} className={styles.picture}>
        <title id={id}>
          WaveGrad: a recording with noise goes through the network once, and the loss compares the noise that
          it finds with the noise that was added. InferGrad: noise goes through the network in N steps, here
          two, the loss compares what comes out with the recording, and its gradient goes back through all of
          the steps.
        </title>
        <defs>
          {(['forward', 'wavegrad', 'infergrad'] as const).map((kind) => (
            <marker
              key={kind}
              id={`${id}-${kind}`}
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path
                d="M0 0 8 4 0 8z"
                style={{ fill: kind === 'forward' ? 'var(--ink)' : `var(--${kind})` }}
              />
            </marker>
          ))}
        </defs>

        <g style={{ color: 'var(--wavegrad)' }}>
          <text x="0" y="14" className={styles.title}>
            WaveGrad
          </text>
          <text x="4" y="48" className={styles.text}>
            x + ε
          </text>
          <path d="M44 44h82" className={styles.forward} markerEnd={`url(#${id}-forward)`} />
          <rect x="128" y="28" width="62" height="32" rx="5" className={styles.box} />
          <text x="159" y="48" className={styles.inBox}>
            θ
          </text>
          <path d="M190 44h72" className={styles.forward} markerEnd={`url(#${id}-forward)`} />
          <text x="268" y="48" className={styles.text}>
            ε found, against ε
          </text>
          <path d="M300 56c0 22-120 22-138 6" className={styles.back} markerEnd={`url(#${id}-wavegrad)`} />
        </g>

        <g style={{ color: 'var(--infergrad)' }} transform="translate(0 92)">
          <text x="0" y="14" className={styles.title}>
            InferGrad, N = 2
          </text>
          {stepsShown.map(({ x, from, text }) => (
            <g key={from}>
              <text x={x - 58} y="48" className={styles.text}>
                {from}
              </text>
              <path d={`M${x - 38} 44h36`} className={styles.forward} markerEnd={`url(#${id}-forward)`} />
              <rect x={x} y="28" width="62" height="32" rx="5" className={styles.box} />
              <text x={x + 31} y="48" className={styles.inBox}>
                θ, {text}
              </text>
            </g>
          ))}
          <path d="M250 44h36" className={styles.forward} markerEnd={`url(#${id}-forward)`} />
          <text x="292" y="48" className={styles.text}>
            y₀, against x
          </text>
          <path d="M310 58c0 30-60 34-86 6" className={styles.back} markerEnd={`url(#${id}-infergrad)`} />
          <path d="M212 64c-16 30-90 30-114 0" className={styles.back} markerEnd={`url(#${id}-infergrad)`} />
          <text x="236" y="98" className={styles.note}>
            the gradient, through all steps
          </text>
        </g>
      </svg>
    </figure>
  )
}
