/** A radio group as one row of segments. Its inputs are native, so that the browser provides arrow keys and names. */
import { useId } from 'react'

type Props<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  /** Id of an element that describes the group. */
  readonly describedBy?: string
}

export function Segments<Value extends string>(props: Props<Value>) {
  const { label, value, choices, onChange, describedBy } = props
  const id = useId()
  return (
    <div className="field">
      <span className="label" id={id}>
        {label}
      </span>
      <div className="segments" role="radiogroup" aria-labelledby={id} aria-describedby={describedBy}>
        {choices.map((choice) => (
          <label key={choice.value} className="segment covered">
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </div>
  )
}
