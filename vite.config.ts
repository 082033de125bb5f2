import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { wasmThreads } from './scripts/wasm-threads-plugin.mjs'

// Cross-origin isolation: without it there is no SharedArrayBuffer, and wasm runs on one thread.
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  base: './',
  plugins: [react()],
  worker: { format: 'es', plugins: () => [wasmThreads()] },
  build: { target: 'es2023', chunkSizeWarningLimit: 2000 },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
})
