/**
 * Shows the kind of signal that the network is trained on and sees at each step: speech with an adjustable amount of
 * noise.
 */
import { useCallback, useId, useMemo, useState } from 'react'
import { takeNames } from '../../store/takes/takes.ts'
import { Canvas, type Draw } from '../figures/painting/Canvas.tsx'
import { addressOf } from '../navigation/view-id.ts'
import { usePage, usePageParts } from '../shell/page-context.ts'
import styles from './NoisySpeech.module.css'
import { loudestExcerpt, withNoise } from './noisy-excerpt.ts'

const shownSeconds = 0.06
/** Standard deviations from the middle to the edge of the picture. */
const reach = 4

export function NoisySpeech() {
  const { clips } = usePageParts()
  const { takeId, name } = usePage(({ takes: { all } }) => {
    const take = all.find(({ system }) => system === 'recording') ?? all[0]
    return { takeId: take?.id, name: take && takeNames(all).get(take.id) }
  })
  const [percent, setPercent] = useState(60)
  const id = useId()
  const excerpt = useMemo(
    () => (takeId && clips.has(takeId) ? loudestExcerpt(clips.get(takeId), shownSeconds) : undefined),
    [clips, takeId],
  )
  const level = percent / 100
  const draw = useCallback<Draw>(
    (context, width, height) => {
      if (!excerpt) return
      const { color, borderTopColor } = getComputedStyle(context.canvas)
      drawLine(context, withNoise(excerpt, level), width, height, color, 1)
      drawLine(context, excerpt.clean, width, height, borderTopColor, 1.75)
    },
    [excerpt, level],
  )
  if (!excerpt) {
    return (
      <p className="small soft">
        Open a recording or press Synthesize in <a href={addressOf('listen')}>Listen</a>, and this figure adds
        noise to it.
      </p>
    )
  }
  const rest = Math.sqrt(1 - level * level)
  const text = `√ᾱ = ${level.toFixed(2)}: ${level.toFixed(2)} of the speech and ${rest.toFixed(2)} of noise`
  const where = `${Math.round(1000 * shownSeconds)} ms of the take ${name}, from ${excerpt.startSeconds.toFixed(2)} s`
  return (
    <figure className="stack-tight">
      <div role="img" aria-label={`${where}, with noise. ${text}.`} className={styles.picture}>
        <Canvas draw={draw} className={styles.canvas} />
      </div>
      <label className={styles.slider} htmlFor={id}>
        <span>noise</span>
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          value={percent}
          aria-label="Noise level"
          aria-valuetext={text}
          onChange={({ target }) => setPercent(Number(target.value))}
        />
        <span>speech</span>
      </label>
      <figcaption className="small soft">
        {text}. Shown: {where}, with the clean waveform drawn over it in colour.
      </figcaption>
    </figure>
  )
}

function drawLine(
  context: CanvasRenderingContext2D,
  values: Float32Array,
  width: number,
  height: number,
  colour: string,
  lineWidth: number,
): void {
  context.beginPath()
  values.forEach((value, index) => {
    const x = (index / Math.max(1, values.length - 1)) * width
    context.lineTo(x, (0.5 - value / (2 * reach)) * height)
  })
  context.strokeStyle = colour
  context.lineWidth = lineWidth
  context.lineJoin = 'round'
  context.stroke()
}
