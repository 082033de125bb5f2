import { defineConfig } from 'vite'
import { isolationHeaders, shared } from '../../vite.config.ts'

/** Builds the page apart from the application. Its engine runs in the page itself, with the plugins of a worker. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  plugins: shared.worker.plugins(),
  worker: shared.worker,
  build: { target: 'es2023', outDir: '../results/gpu-work/page', emptyOutDir: true },
  preview: { port: 4191, headers: isolationHeaders },
})
