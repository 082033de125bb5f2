/** What the formulas are built of, in the papers' notation. */

/** The product of the alphas up to step n. */
export function AlphaBar({ sub }: { readonly sub?: 'n' | 'n-1' }) {
  // One character: a bar as an accent is drawn by fonts for mathematics alone.
  const bar = <mi>ᾱ</mi>
  if (!sub) return bar
  return (
    <msub>
      {bar}
      {sub === 'n' ? <mi>n</mi> : <Before />}
    </msub>
  )
}

/** Of the step before: n - 1. */
export function Before() {
  return (
    <mrow>
      <mi>n</mi>
      <mo>−</mo>
      <mn>1</mn>
    </mrow>
  )
}

export function Sub({ of, by = 'n' }: { readonly of: string; readonly by?: string }) {
  return (
    <msub>
      <mi>{of}</mi>
      <mi>{by}</mi>
    </msub>
  )
}

export function RootAlphaBar({ sub }: { readonly sub?: 'n' }) {
  return (
    <msqrt>
      <AlphaBar sub={sub} />
    </msqrt>
  )
}

/** How much noise there is where that much of the signal is left. */
export function RootRest({ sub }: { readonly sub?: 'n' }) {
  return (
    <msqrt>
      <mn>1</mn>
      <mo>−</mo>
      <AlphaBar sub={sub} />
    </msqrt>
  )
}

/** The network's word for the noise in `of`. */
export function Predicted({ of, sub }: { readonly of: 'y'; readonly sub?: 'n' }) {
  return (
    <mrow>
      <msub>
        <mi>ε</mi>
        <mi>θ</mi>
      </msub>
      <mo form="prefix" stretchy="false">
        (
      </mo>
      {sub ? <Sub of={of} /> : <mi>{of}</mi>}
      <mo>,</mo>
      <mtext>mel</mtext>
      <mo>,</mo>
      <RootAlphaBar sub={sub} />
      <mo form="postfix" stretchy="false">
        )
      </mo>
    </mrow>
  )
}

/** A bar of a norm. */
export function Norm({ form }: { readonly form: 'prefix' | 'postfix' }) {
  return (
    <mo form={form} stretchy="false">
      ‖
    </mo>
  )
}
