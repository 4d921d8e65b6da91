// Lets a test start a process from our sources: `node --import <this file> some-file.ts`. Node 20 reads no TypeScript.
import { register } from 'node:module';

register(new URL('./translate-typescript.js', import.meta.url));
