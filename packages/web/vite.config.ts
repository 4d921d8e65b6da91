import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.TOUCHSTONE_URL ?? 'http://localhost:4000';
const key = process.env.TOUCHSTONE_KEY;

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // Which files the first page needs; scripts/check-size.js weighs them.
    manifest: true,
    target: 'es2022',
    // Charts are one chunk that only pages with charts load.
    chunkSizeWarningLimit: 800,
  },
  server: {
    port: 4001,
    proxy: {
      '^/(api|docs|openapi.json)': {
        target: server,
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      },
    },
  },
});
