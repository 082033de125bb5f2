/** tfjs's backend in plain JavaScript. It is fetched only where no other one works. */
import '@tensorflow/tfjs-backend-cpu'
import { registerComposedKernels } from '../../kernels/composed/register.ts'
import type { OpenedBackend } from './opened-backend.ts'

export function openCpu(): OpenedBackend {
  return { detail: 'JavaScript, one thread', registerKernels: () => registerComposedKernels('cpu') }
}
