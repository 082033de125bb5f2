/** Cuts the constant frames at the ends of a mel, or restores them. */
import type { MelFile } from '../../store/source/source-state.ts'
import { useActions } from '../shell/page-context.ts'

export function PaddingChoice({ file }: { readonly file: MelFile }) {
  const { rereadMel } = useActions().source
  const { padding, reading } = file.report
  if (!padding) return null
  const frames = padding.head + padding.tail
  const choose = (cutPadding: boolean) => void rereadMel({ ...file.override, cutPadding })
  return (
    <p className="row-tight">
      {reading.cutPadding && <span>{frames} frames of padding are cut.</span>}
      <button type="button" className="button small" onClick={() => choose(!reading.cutPadding)}>
        {reading.cutPadding ? 'Keep the padding' : `Cut ${frames} frames of padding`}
      </button>
    </p>
  )
}
