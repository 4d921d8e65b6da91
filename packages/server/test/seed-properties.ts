import fc from 'fast-check';
import { inject } from 'vitest';

// Before each test file: every property of the run draws from the one seed.
fc.configureGlobal({ seed: inject('propertySeed') });
