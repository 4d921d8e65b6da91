import { TouchstoneError } from '../src/vocabulary/errors.ts';

/** The refusal that an act ends in; any other end fails the test. */
export async function refusalOf(act: () => unknown): Promise<TouchstoneError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof TouchstoneError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}
