/**
 * Draws levels over time and frequency on the page's frequency axis, with the time range and the crosshair that all
 * pictures share. The pointer or the arrow keys move the crosshair. The readout updates at once, and it is announced
 * politely when keys moved the crosshair.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useMemo, useRef, useState } from 'react'
import { usePage, usePageParts } from '../shell/page-context.ts'
import { frequencyScale, type PictureScale } from './axes/frequency-scale.ts'
import { PlotFrame } from './axes/PlotFrame.tsx'
import { Crosshair } from './Crosshair.tsx'
import { LoopRegion } from './LoopRegion.tsx'
import { Canvas } from './painting/Canvas.tsx'
import { type Cell, cellsOf } from './painting/cells.ts'
import type { Levels, Range } from './painting/picture.ts'
import { usePainted } from './painting/use-painted.ts'
import styles from './SpectrogramView.module.css'
import { useLoopDrag } from './use-loop-drag.ts'
import { useKeepInView, useShown, useZoom } from './use-zoom.ts'

type Props = {
  readonly label: string
  /** Undefined until there are levels. Pass the same object for as long as the levels are unchanged. */
  readonly levels: Levels | undefined
  /** Values of the first and the last colour; for signed levels, -high and high. */
  readonly range: Range
  /** 256 packed colours; the default is the page's own map. Pass the same object at every render. */
  readonly palette?: Uint32Array
  readonly scale: PictureScale
  readonly secondsPerFrame: number
  /** Length of the time axis, which is the same for all pictures of a source. */
  readonly axisSeconds: number
  /** One line of text about a cell: time, frequency, level. */
  readonly readoutAt: (frame: number, bin: number) => string
  readonly className?: string
  /** Overlays of the picture, such as a playhead. */
  readonly children?: ReactNode
  /** Whether a click seeks on the takes' clock and a drag sets a loop region. */
  readonly loops?: boolean
}

export function SpectrogramView(props: Props) {
  const { label, levels, range, palette, secondsPerFrame, axisSeconds, readoutAt, loops = false } = props
  const frames = levels?.frames ?? 0
  const bins = levels?.bins ?? 0
  const { store } = usePageParts()
  const axis = usePage((state) => state.view.frequencyAxis)
  const { kind } = props.scale
  const highHz = props.scale.kind === 'bins' ? props.scale.highHz : undefined
  const convention = props.scale.kind === 'mel' ? props.scale.convention : undefined
  const scale = useMemo(() => {
    const wanted: PictureScale = convention
      ? { kind: 'mel', convention }
      : { kind: 'bins', highHz: highHz ?? 1 }
    return frequencyScale(wanted, Math.max(2, bins), axis)
  }, [convention, highHz, bins, axis])
  const cells = useMemo(
    () => cellsOf(frames, bins, secondsPerFrame, kind, scale),
    [frames, bins, secondsPerFrame, kind, scale],
  )
  const shown = useShown(axisSeconds)
  const draw = usePainted(levels, range, palette, scale, cells, shown)
  const plot = useRef<HTMLDivElement>(null)
  const zoomByKey = useZoom(plot, axisSeconds)
  const keepInView = useKeepInView(axisSeconds)
  const drag = useLoopDrag(shown)
  const [isHere, setIsHere] = useState(false)

  function pointTo(event: PointerEvent<HTMLDivElement>): void {
    const box = event.currentTarget.getBoundingClientRect()
    const across = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    const up = 1 - (event.clientY - box.top) / box.height
    setIsHere(true)
    store.actions.view.pointTo({
      seconds: shown.startSeconds + across * (shown.endSeconds - shown.startSeconds),
      hz: scale.hzAt(Math.min(1, Math.max(0, up))),
      byKey: false,
    })
  }

  function leave(): void {
    setIsHere(false)
    store.actions.view.pointTo(undefined)
  }

  function moveByKey(event: KeyboardEvent): void {
    const { crosshair } = store.getState().view
    if (zoomByKey(event, crosshair?.seconds)) return
    if (event.key === 'Escape') leave()
    if (frames === 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const stride = event.shiftKey ? 10 : 1
    const cell = crosshair && cells.at(crosshair.seconds, crosshair.hz)
    const first = Math.max(0, Math.ceil((shown.startSeconds - cells.startSeconds) / secondsPerFrame - 0.5))
    const from = cell ?? { frame: first, bin: Math.floor(bins / 3) }
    const moves: Readonly<Record<string, Cell>> = {
      ArrowRight: { ...from, frame: cell ? from.frame + stride : first },
      ArrowLeft: { ...from, frame: from.frame - stride },
      ArrowUp: { ...from, bin: from.bin + stride },
      ArrowDown: { ...from, bin: from.bin - stride },
      Home: { ...from, frame: 0 },
      End: { ...from, frame: frames - 1 },
    }
    const to = moves[event.key]
    if (!to) return
    event.preventDefault()
    setIsHere(true)
    const moved = cells.placeOf({
      frame: Math.min(frames - 1, Math.max(0, to.frame)),
      bin: Math.min(bins - 1, Math.max(0, to.bin)),
    })
    store.actions.view.pointTo({ ...moved, byKey: true })
    keepInView(moved.seconds)
  }

  return (
    <PlotFrame
      ref={plot}
      label={label}
      kind="spectrogram"
      ticks={levels ? scale.ticks : []}
      shown={shown}
      className={props.className}
      plotClass={styles.plot}
      onPointerMove={(event) => {
        pointTo(event)
        if (loops) drag.onPointerMove(event)
      }}
      onPointerDown={(event) => {
        pointTo(event)
        if (loops) drag.onPointerDown(event)
      }}
      onPointerUp={drag.onPointerUp}
      onPointerCancel={drag.onPointerCancel}
      onPointerLeave={leave}
      onKeyDown={moveByKey}
      onBlur={() => setIsHere(false)}
    >
      <Canvas draw={draw} className={styles.canvas} />
      {loops && <LoopRegion shown={shown} dragged={drag.dragged} />}
      {props.children}
      <Crosshair
        cells={cells}
        shown={shown}
        heightOf={scale.heightOf}
        readoutAt={readoutAt}
        isHere={isHere}
      />
    </PlotFrame>
  )
}
