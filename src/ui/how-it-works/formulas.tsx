/**
 * The five formulas of the explanation. Sources: WaveGrad, arXiv 2009.00713, section 2; InferGrad, arXiv 2202.03751.
 */
import { Formula } from './Formula.tsx'
import { AlphaBar, Before, Norm, Predicted, RootAlphaBar, RootRest, Sub } from './symbols.tsx'

/** A space of one em, which is wider than a plain space. */
const gap = '\u2003'

export function NoisyFormula() {
  return (
    <Formula
      plain="y = √ᾱ x + √(1 − ᾱ) ε,  ε ~ N(0, I)"
      spoken="y is root alpha-bar times x, plus root of 1 minus alpha-bar times epsilon; epsilon is standard normal noise"
    >
      <mrow>
        <mi>y</mi>
        <mo>=</mo>
        <RootAlphaBar />
        <mi>x</mi>
        <mo>+</mo>
        <RootRest />
        <mi>ε</mi>
        <mo>,</mo>
        <mtext>{gap}</mtext>
        <mi>ε</mi>
        <mo>∼</mo>
        <mi>N</mi>
        <mo stretchy="false">(</mo>
        <mn>0</mn>
        <mo>,</mo>
        <mi>I</mi>
        <mo stretchy="false">)</mo>
      </mrow>
    </Formula>
  )
}

export function ScheduleFormula() {
  return (
    <Formula
      plain="ᾱ_n = (1 − β_1)(1 − β_2) … (1 − β_n)"
      spoken="alpha-bar n is the product of 1 minus beta i over i from 1 to n"
    >
      <mrow>
        <AlphaBar sub="n" />
        <mo>=</mo>
        <munderover>
          <mo>∏</mo>
          <mrow>
            <mi>i</mi>
            <mo>=</mo>
            <mn>1</mn>
          </mrow>
          <mi>n</mi>
        </munderover>
        <mo stretchy="false">(</mo>
        <mn>1</mn>
        <mo>−</mo>
        <Sub of="β" by="i" />
        <mo stretchy="false">)</mo>
      </mrow>
    </Formula>
  )
}

export function StepFormula() {
  return (
    <Formula
      plain="y_(n−1) = (y_n − β_n / √(1 − ᾱ_n) · ε_θ(y_n, mel, √ᾱ_n)) / √(1 − β_n) + σ_n z"
      spoken="y n minus 1 is y n, less beta n over root of 1 minus alpha-bar n times the noise that the network finds in y n, all of it over root of 1 minus beta n, plus sigma n times fresh noise z"
    >
      <mrow>
        <msub>
          <mi>y</mi>
          <Before />
        </msub>
        <mo>=</mo>
        <mfrac>
          <mn>1</mn>
          <msqrt>
            <mn>1</mn>
            <mo>−</mo>
            <Sub of="β" />
          </msqrt>
        </mfrac>
        <mo>(</mo>
        <Sub of="y" />
        <mo>−</mo>
        <mfrac>
          <Sub of="β" />
          <RootRest sub="n" />
        </mfrac>
        <msub>
          <mi>ε</mi>
          <mi>θ</mi>
        </msub>
        <mo>)</mo>
        <mo>+</mo>
        <Sub of="σ" />
        <mi>z</mi>
      </mrow>
    </Formula>
  )
}

export function WaveGradFormula() {
  return (
    <Formula
      plain="L_WG = mean ‖ε − ε_θ(y, mel, √ᾱ)‖₁"
      spoken="The loss of WaveGrad is the mean absolute difference between the noise and the network’s estimate of it"
    >
      <mrow>
        <Sub of="L" by="WG" />
        <mo>=</mo>
        <mi mathvariant="normal">E</mi>
        <msub>
          <mrow>
            <Norm form="prefix" />
            <mi>ε</mi>
            <mo>−</mo>
            <Predicted of="y" />
            <Norm form="postfix" />
          </mrow>
          <mn>1</mn>
        </msub>
      </mrow>
    </Formula>
  )
}

export function InferGradFormula() {
  return (
    <Formula
      plain="L = L_WG + λ L_IF,  L_IF = D(y_0, x)"
      spoken="The loss is that of WaveGrad plus lambda times the infer loss; the infer loss is the distance D of y zero and the recording x"
    >
      <mrow>
        <mi>L</mi>
        <mo>=</mo>
        <Sub of="L" by="WG" />
        <mo>+</mo>
        <mi>λ</mi>
        <Sub of="L" by="IF" />
        <mo>,</mo>
        <mtext>{gap}</mtext>
        <Sub of="L" by="IF" />
        <mo>=</mo>
        <mi>D</mi>
        <mo stretchy="false">(</mo>
        <msub>
          <mi>y</mi>
          <mn>0</mn>
        </msub>
        <mo>,</mo>
        <mi>x</mi>
        <mo stretchy="false">)</mo>
      </mrow>
    </Formula>
  )
}
