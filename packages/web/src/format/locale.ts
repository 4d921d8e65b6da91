/** The reader's own languages; numbers and dates are written as they write them. */
export const locale: string[] | undefined =
  typeof navigator === 'undefined' || navigator.languages.length === 0 ? undefined : [...navigator.languages];

/** What stands where there is no value: unknown is not zero. */
export const nothing = '–';
