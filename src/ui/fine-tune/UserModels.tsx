/** Lists the user's own models, chooses the one for the take “Fine-tuned”, and renames, downloads and removes them. */

import { type FormEvent, useId, useState } from 'react'
import { megabytes } from '../../base/megabytes.ts'
import { systemNames } from '../../store/synthesis/systems.ts'
import { DownloadButton } from '../controls/buttons/DownloadButton.tsx'
import { FileButton } from '../controls/buttons/FileButton.tsx'
import { saveFile } from '../controls/buttons/save-file.ts'
import { timeText } from '../controls/time-text.ts'
import { useOpenFiles } from '../shell/opening/use-open-files.ts'
import { useActions, usePage } from '../shell/page-context.ts'
import styles from './UserModels.module.css'

type OwnModel = {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly objective: 'wavegrad' | 'infergrad'
  readonly bytes: number
  readonly base?: string
}

/** The two files of a model, which can be downloaded separately. */
const parts = [
  { part: 'weights', file: 'model.safetensors', type: 'application/octet-stream' },
  { part: 'config', file: 'config.json', type: 'application/json' },
] as const

export function UserModelList() {
  const { models, chosenId } = usePage((state) => ({
    models: state.models.userModels,
    chosenId: state.models.chosenId,
  }))
  const { choose } = useActions().models
  const openFiles = useOpenFiles('models')
  const group = useId()
  return (
    <section aria-labelledby="user-models-heading" className="stack-tight">
      <header className={styles.header}>
        <h3 id="user-models-heading">My models</h3>
        <FileButton text="Import a model" accept=".zip,.safetensors,.json" multiple onFiles={openFiles} />
      </header>
      <DeletedNote />
      {models.length === 0 ? (
        <p className="small soft">
          Models that you fine-tune or import are stored in this browser. You can import an exported zip, or
          model.safetensors and config.json together.
        </p>
      ) : (
        <>
          <p className="small soft">The chosen one makes the take “Fine-tuned” when you press Synthesize.</p>
          <ul className={styles.list}>
            <li className={styles.none}>
              <label className={styles.choice}>
                <input
                  type="radio"
                  name={group}
                  checked={chosenId === undefined}
                  onChange={() => choose(undefined)}
                />
                None
              </label>
            </li>
            {models.map((model) => (
              <ModelRow key={model.id} model={model} group={group} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function ModelRow({ model, group }: { readonly model: OwnModel; readonly group: string }) {
  const { id, name, createdAt, objective, bytes, base } = model
  const chosen = usePage((state) => state.models.chosenId === id)
  const { choose, delete: remove, asFile } = useActions().models
  const [naming, setNaming] = useState(false)
  const facts = [timeText(createdAt), systemNames[objective], base && `from ${base}`, megabytes(bytes)]
  return (
    <li>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset groups form controls; this is a row */}
      <div role="group" aria-label={name} className={styles.row} data-chosen={chosen}>
        {naming ? (
          <NameForm id={id} name={name} onDone={() => setNaming(false)} />
        ) : (
          <label className={styles.choice}>
            <input type="radio" name={group} checked={chosen} onChange={() => choose(id)} />
            <span className={styles.name}>{name}</span>
          </label>
        )}
        <p className={styles.facts}>{facts.filter((fact) => fact).join(' · ')}</p>
        <div className={styles.actions}>
          <DownloadButton mimeType="application/zip" makeFile={() => asFile(id, 'zip')}>
            Export weights
          </DownloadButton>
          {parts.map(({ part, file, type }) => (
            <button
              key={part}
              type="button"
              className="button quiet small"
              onClick={async () => saveFile(await asFile(id, part), type)}
            >
              {file}
            </button>
          ))}
          {!naming && (
            <button type="button" className="button quiet small" onClick={() => setNaming(true)}>
              Rename
            </button>
          )}
          <button type="button" className="button quiet small" onClick={() => remove(id)}>
            Delete
          </button>
        </div>
      </div>
    </li>
  )
}

type NameFormProps = Pick<OwnModel, 'id' | 'name'> & { readonly onDone: () => void }

function NameForm({ id, name, onDone }: NameFormProps) {
  const { rename } = useActions().models
  const [text, setText] = useState(name)
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (text.trim() !== name) void rename(id, text)
    onDone()
  }
  return (
    <form className={styles.naming} onSubmit={submit}>
      <input
        className="input"
        aria-label="New name"
        // biome-ignore lint/a11y/noAutofocus: the field replaces the button that was pressed
        autoFocus
        autoComplete="off"
        maxLength={80}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === 'Escape' && onDone()}
      />
      <button type="submit" className="button" disabled={text.trim() === ''}>
        Save
      </button>
    </form>
  )
}

function DeletedNote() {
  const deleted = usePage((state) => state.models.deleted)
  const { undoDelete } = useActions().models
  return (
    <div role="status">
      {deleted && (
        <p className="notice row">
          “{deleted.name}” was deleted.
          <button type="button" className="button" onClick={undoDelete}>
            Undo
          </button>
        </p>
      )}
    </div>
  )
}
