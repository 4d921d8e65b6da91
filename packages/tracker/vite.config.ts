import { defineConfig } from 'vite';

/** One classic script without a wrapper of its own: what a page includes and a cache keeps. */
export default defineConfig({
  build: {
    outDir: 'dist',
    target: 'es2020',
    modulePreload: false,
    rolldownOptions: {
      input: 'src/t.ts',
      output: { format: 'iife', entryFileNames: 't.js' },
    },
  },
});
