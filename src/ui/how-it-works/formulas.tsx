/**
 * The five formulas of the explanation. Sources: WaveGrad, arXiv 2009.00713, section 2; InferGrad, arXiv 2202.03751.
 */
import { Formula } from './Formula.tsx'
import { AlphaBar, Before, Norm, Predicted, RootAlphaBar, RootRest, Sub } from './symbols.tsx'

/** A space of one em, which is wider than a plain space. */
const gap = '\u2003'

export function NoisyFormula() {
  return (
    <Formula name="noisy">
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
    </Formula>
  )
}

export function ScheduleFormula() {
  return (
    <Formula name="schedule">
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
    </Formula>
  )
}

export function StepFormula() {
  return (
    <Formula name="step">
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
    </Formula>
  )
}

export function WaveGradFormula() {
  return (
    <Formula name="waveGrad">
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
    </Formula>
  )
}

export function InferGradFormula() {
  return (
    <Formula name="inferGrad">
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
    </Formula>
  )
}
