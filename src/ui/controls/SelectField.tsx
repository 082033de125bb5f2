/** A labelled choice from a list, with the label above it or, in a line of controls, before it. */
type Props<Value extends string | number> = {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly inline?: boolean
}

export function SelectField<Value extends string | number>(props: Props<Value>) {
  const { label, value, choices, onChange, inline } = props
  return (
    <label className={inline ? 'inline-field' : 'field'}>
      {inline ? label : <span className="label">{label}</span>}
      <select
        className="input"
        value={value}
        onChange={({ target }) => {
          const chosen = choices[target.selectedIndex]
          if (chosen) onChange(chosen.value)
        }}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  )
}
