/**
 * A term of the field with its explanation, which appears on hover, on focus and on tap, and goes with Escape. It is a
 * manual popover in the top layer, so that no scrolling box cuts it off.
 */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { glossary, type TermName } from './glossary.ts'
import styles from './Term.module.css'

/** The pointer may pass over a term without asking for it. */
const restMilliseconds = 250
const gapPixels = 6
const edgePixels = 8

type Props = { readonly name: TermName; readonly children: ReactNode }

export function Term({ name, children }: Props) {
  const { title, text } = glossary[name]
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const popover = useRef<HTMLSpanElement>(null)
  const [isShown, setIsShown] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  function show(afterMilliseconds = 0): void {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setIsShown(true), afterMilliseconds)
  }
  function hide(): void {
    clearTimeout(timer.current)
    // The pointer may move from the term to its explanation (WCAG 1.4.13).
    timer.current = setTimeout(() => setIsShown(false), restMilliseconds)
  }

  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    const box = popover.current
    if (!box || !button.current || !isShown) return
    box.showPopover()
    placeBeside(box, button.current)
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return
      setIsShown(false)
    }
    addEventListener('keydown', close)
    addEventListener('scroll', close, { capture: true, passive: true })
    return () => {
      removeEventListener('keydown', close)
      removeEventListener('scroll', close, { capture: true })
      if (box.isConnected) box.hidePopover()
    }
  }, [isShown])

  return (
    <span
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && show(restMilliseconds)}
      onPointerLeave={({ pointerType }) => pointerType === 'mouse' && hide()}
    >
      <button
        ref={button}
        type="button"
        className={styles.word}
        aria-describedby={id}
        aria-expanded={isShown}
        onFocus={() => show()}
        onBlur={hide}
        onClick={() => show()}
      >
        {children}
      </button>
      <span ref={popover} id={id} role="tooltip" popover="manual" className={styles.explanation}>
        <strong>{title}.</strong> {text}
      </span>
    </span>
  )
}

/** Places the box below the term, or above it where there is no room, within the window. */
function placeBeside(box: HTMLElement, term: HTMLElement): void {
  const at = term.getBoundingClientRect()
  const { width, height } = box.getBoundingClientRect()
  const left = Math.min(at.left, innerWidth - width - edgePixels)
  const below = at.bottom + gapPixels
  const top = below + height > innerHeight - edgePixels ? at.top - height - gapPixels : below
  box.style.left = `${Math.max(edgePixels, left)}px`
  box.style.top = `${Math.max(edgePixels, top)}px`
}
