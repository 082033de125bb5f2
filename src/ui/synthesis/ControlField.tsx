/** Chooses whether the take “No network” is made in addition to those of the models. */
import { useId } from 'react'
import { useActions, usePage } from '../shell/page-context.ts'

export function ControlField() {
  const hint = useId()
  const control = usePage((state) => state.synthesis.settings.control)
  const { changeSettings } = useActions().synthesis
  return (
    <div className="field">
      <label className="switch">
        <input
          type="checkbox"
          checked={control}
          aria-describedby={hint}
          onChange={({ target }) => changeSettings({ control: target.checked })}
        />
        Make “No network” as well
      </label>
      <p id={hint} className="small soft">
        This control is the network’s input, filtered by the mel. A network that works sounds better.
      </p>
    </div>
  )
}
