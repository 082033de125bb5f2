/** A thread that helps our own wasm module with its products until it is terminated. */
import { type Helper, helpOwnModule } from '../../kernels/wasm/helping-thread.ts'

addEventListener('message', ({ data }: MessageEvent<Helper>) => helpOwnModule(data), { once: true })
