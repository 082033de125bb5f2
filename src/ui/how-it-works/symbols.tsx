/** Building blocks of the formulas, in the notation of the papers. */

/** The product of the alphas up to step n. */
export function AlphaBar({ sub }: { readonly sub?: 'n' | 'n-1' }) {
  // This is a single precomposed character: only mathematical fonts draw a combining bar correctly.
  const bar = <mi>ᾱ</mi>
  if (!sub) return bar
  return (
    <msub>
      {bar}
      {sub === 'n' ? <mi>n</mi> : <Before />}
    </msub>
  )
}

/** The index of the previous step, n - 1. */
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

/** The share of noise that corresponds to the remaining signal. */
export function RootRest({ sub }: { readonly sub?: 'n' }) {
  return (
    <msqrt>
      <mn>1</mn>
      <mo>−</mo>
      <AlphaBar sub={sub} />
    </msqrt>
  )
}

/** The network's estimate of the noise in `of`. */
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

/** The double bar on one side of a norm. */
export function Norm({ form }: { readonly form: 'prefix' | 'postfix' }) {
  return (
    <mo form={form} stretchy="false">
      ‖
    </mo>
  )
}
