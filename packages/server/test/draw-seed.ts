import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    propertySeed: number;
  }
}

/**
 * The seed of every property of the run: a fresh one, so that each run looks elsewhere, or that of PROPERTY_SEED,
 * so that a run can be repeated. Printed, since it is what a failure must be told with.
 */
export default function drawSeed({ provide }: TestProject): void {
  const given = process.env.PROPERTY_SEED;
  const seed = given ? Number(given) : Math.floor(Math.random() * 2 ** 31);
  if (!Number.isInteger(seed)) throw new Error(`PROPERTY_SEED must be an integer, not "${given}"`);
  console.log(`Properties are tried with PROPERTY_SEED=${seed}`);
  provide('propertySeed', seed);
}
