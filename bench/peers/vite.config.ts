import { defineConfig } from 'vite'
import { isolationHeaders, shared } from '../../vite.config.ts'

/** Builds the page apart from the application, whose bundle and caches thus never hold a peer. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  worker: shared.worker,
  build: { target: 'es2023', outDir: '../results/peers/page', emptyOutDir: true },
  preview: { port: 4190, headers: isolationHeaders },
})
