/**
 * Plots the magnitude of a difference over time, under its picture, with the same time range, crosshair and playhead.
 * The arrow keys move the crosshair.
 */
import { type KeyboardEvent, type PointerEvent, useCallback, useMemo, useRef, useState } from 'react'
import { PlotFrame } from '../../figures/axes/PlotFrame.tsx'
import { formatSeconds, roundTicks, tickDecimals } from '../../figures/axes/ticks.ts'
import { CrosshairReadout } from '../../figures/CrosshairReadout.tsx'
import { formatFigure } from '../../figures/figure-texts.ts'
import { Playhead } from '../../figures/Playhead.tsx'
import { Canvas, type Draw } from '../../figures/painting/Canvas.tsx'
import { useKeepInView, useShown, useZoom } from '../../figures/use-zoom.ts'
import { usePage, usePageParts } from '../../shell/page-context.ts'
import styles from './ErrorOverTime.module.css'

/** Minimum upper end of the axis, so that rounding errors are not drawn as peaks. */
const minTop = { dB: 1, nat: 0.1 } as const

type Props = {
  /** One value per frame, at least 0. */
  readonly values: Float32Array
  readonly unit: keyof typeof minTop
  readonly hopSeconds: number
  /** Time of the first frame. */
  readonly firstSeconds: number
  readonly axisSeconds: number
}

export function ErrorOverTime({ values, unit, hopSeconds, firstSeconds, axisSeconds }: Props) {
  const { store } = usePageParts()
  const crosshair = usePage((state) => state.view.crosshair)
  const shown = useShown(axisSeconds)
  const { startSeconds, endSeconds } = shown
  const plot = useRef<HTMLDivElement>(null)
  const zoomByKey = useZoom(plot, axisSeconds)
  const keepInView = useKeepInView(axisSeconds)
  const [isHere, setIsHere] = useState(false)
  const top = useMemo(
    () => 1.1 * values.reduce((max, value) => Math.max(max, value), minTop[unit]),
    [values, unit],
  )
  const ticks = roundTicks(0, top, 3)
  const draw = useCallback<Draw>(
    (context, width, height) => {
      const style = getComputedStyle(context.canvas)
      const x = (frame: number) =>
        ((firstSeconds + frame * hopSeconds - startSeconds) / (endSeconds - startSeconds)) * width
      const y = (value: number) => height - (value / top) * height
      const frameAt = (seconds: number) => Math.floor((seconds - firstSeconds) / hopSeconds)
      const first = Math.max(0, frameAt(startSeconds))
      const last = Math.min(values.length - 1, frameAt(endSeconds) + 1)
      context.clearRect(0, 0, width, height)
      if (last < first) return
      context.beginPath()
      for (let frame = first; frame <= last; frame++) context.lineTo(x(frame), y(values[frame]))
      context.strokeStyle = style.getPropertyValue('--ink')
      context.lineWidth = 1.5
      context.lineJoin = 'round'
      context.stroke()
      context.lineTo(x(last), height)
      context.lineTo(x(first), height)
      context.globalAlpha = 0.12
      context.fillStyle = style.getPropertyValue('--ink')
      context.fill()
      context.globalAlpha = 1
    },
    [values, hopSeconds, firstSeconds, startSeconds, endSeconds, top],
  )

  const frame = crosshair && Math.round((crosshair.seconds - firstSeconds) / hopSeconds)
  const value = frame === undefined ? undefined : values[frame]
  const readout =
    crosshair && value !== undefined
      ? `${formatSeconds(crosshair.seconds)} s · ${formatFigure(value, unit === 'dB' ? 1 : 2)} ${unit} rms`
      : undefined

  function pointTo(seconds: number, byKey: boolean): void {
    const before = store.getState().view.crosshair
    setIsHere(true)
    store.actions.view.pointTo({ seconds, hz: before?.hz ?? 1000, byKey })
  }

  function pointAt(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect()
    const fraction = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    pointTo(startSeconds + fraction * (endSeconds - startSeconds), false)
  }

  function moveByKey(event: KeyboardEvent): void {
    if (zoomByKey(event, crosshair?.seconds)) return
    if (event.ctrlKey || event.metaKey || event.altKey || values.length === 0) return
    const stride = event.shiftKey ? 10 : 1
    const here = Math.min(values.length - 1, Math.max(0, frame ?? Math.ceil(startSeconds / hopSeconds)))
    const moves: Readonly<Record<string, number>> = {
      ArrowRight: crosshair ? here + stride : here,
      ArrowLeft: here - stride,
      Home: 0,
      End: values.length - 1,
    }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    const seconds = firstSeconds + Math.min(values.length - 1, Math.max(0, to)) * hopSeconds
    pointTo(seconds, true)
    keepInView(seconds)
  }

  return (
    <figure aria-label="Error over time" className="stack-tight">
      <h3 className="figure-title">Error over time</h3>
      <PlotFrame
        ref={plot}
        label="Error over time"
        kind="plot"
        ticks={ticks.map((tick) => ({ position: tick / top, label: tick.toFixed(tickDecimals(ticks)) }))}
        shown={shown}
        className={styles.frame}
        plotClass={styles.plot}
        onPointerMove={pointAt}
        onPointerDown={pointAt}
        onPointerLeave={() => {
          setIsHere(false)
          store.actions.view.pointTo(undefined)
        }}
        onKeyDown={moveByKey}
        onBlur={() => setIsHere(false)}
      >
        <Canvas draw={draw} className="canvas" />
        <Playhead axisSeconds={axisSeconds} />
        <CrosshairReadout
          crosshair={crosshair}
          shown={shown}
          readout={readout}
          isHere={isHere}
          lineClass={styles.along}
        />
      </PlotFrame>
    </figure>
  )
}
