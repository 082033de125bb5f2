/** Progress of a task as a bar. The caller shows a description beside it. */

type Props = {
  readonly label: string
  /** From 0 to `max`. */
  readonly value: number
  readonly max?: number
  /** Progress and current activity, as text for screen readers. */
  readonly text: string
  /** Name of a custom property of the page's theme. */
  readonly colour?: `--${string}`
}

export function Bar({ label, value, max = 100, text, colour = '--ink' }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      aria-valuetext={text}
      className="track"
    >
      <div style={{ width: `${(100 * value) / max}%`, background: `var(${colour})` }} />
    </div>
  )
}
