/** Types of the MathML Core elements that the formulas use: React renders them, but its types lack them. */
import type { HTMLAttributes, Key, ReactNode } from 'react'

type MathElement = Pick<HTMLAttributes<Element>, 'className' | 'aria-hidden'> & {
  readonly children?: ReactNode
  readonly key?: Key
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      math: MathElement & { readonly display?: 'block' | 'inline'; readonly 'aria-label'?: string }
      mrow: MathElement
      mi: MathElement & { readonly mathvariant?: 'normal' }
      mn: MathElement
      mo: MathElement & {
        readonly stretchy?: 'true' | 'false'
        readonly form?: 'prefix' | 'infix' | 'postfix'
      }
      mtext: MathElement
      msub: MathElement
      msqrt: MathElement
      mfrac: MathElement
      munderover: MathElement
    }
  }
}
