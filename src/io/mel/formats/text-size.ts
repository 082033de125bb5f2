/** The limit on mels that are text, which is the same in every format. */
import { megabytes } from '../../../base/megabytes.ts'
import type { Refuse } from '../../refusal.ts'

const maxBytes = 50_000_000

/** Refuses with `code` if `bytes` are more than a mel in text may have. */
export function checkTextSize(bytes: Uint8Array, code: string, refuse: Refuse): void {
  if (bytes.length <= maxBytes) return
  refuse(code, 'is larger than a mel in text may be', {
    found: megabytes(bytes.length),
    accepted: 'at most 50 MB',
    remedy: "Save the mel as npy, which takes a quarter of the space: numpy.save('mel.npy', mel).",
  })
}
