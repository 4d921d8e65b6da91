import { z } from 'zod';
import { closeObjects } from './close-objects.ts';
import { describeFault } from './describe-fault.ts';
import type { FieldFault } from './errors.ts';

/** What was read, or everything that is wrong with it, each fault at its path with a remedy. */
export type Reading<T> = { data: T; faults?: undefined } | { data?: undefined; faults: FieldFault[] };

/** Makes a reader of values from outside: unknown fields are refused, and every fault is named at once. */
export function strictReader<S extends z.ZodType>(schema: S): (value: unknown) => Reading<z.output<S>> {
  const closed = closeObjects(schema);
  return (value) => {
    const { data, error } = z.safeParse(closed, value, { error: describeFault });
    return error === undefined ? { data: data as z.output<S> } : { faults: faultsOf(error.issues, []) };
  };
}

function faultsOf(issues: z.core.$ZodIssue[], above: PropertyKey[]): FieldFault[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return faultsOfUnion(issue.errors, path);
    return [{ path: path.join('.'), message: issue.message }];
  });
}

// Of the alternatives, the one the caller most likely meant: it is refused for something other than being of another
// type altogether. When there is none, all are named.
function faultsOfUnion(alternatives: z.core.$ZodIssue[][], path: PropertyKey[]): FieldFault[] {
  const meant = alternatives.find((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code !== 'invalid_type'),
  );
  if (meant !== undefined) return faultsOf(meant, path);
  const messages = alternatives.flatMap((issues) => faultsOf(issues, [])).map((fault) => fault.message);
  return [{ path: path.join('.'), message: [...new Set(messages)].join(', or ') }];
}
