import { z } from 'zod';
import { type FieldFault, TouchstoneError } from '../vocabulary/errors.ts';
import { strictReader } from '../vocabulary/read-strictly.ts';
import type { Route } from '../vocabulary/route.ts';

type Raw = { params: unknown; query: unknown; body: unknown };

/**
 * Makes the reader of a route's input: everything that is wrong with query and body is said at once, each fault at
 * its path with a remedy.
 *
 * @throws not_found when a path parameter cannot name anything; invalid for the rest
 */
export function inputReader(route: Route): (raw: Raw) => Raw {
  const readParams = strictReader(route.params ?? z.object({}));
  const readQuery = strictReader(route.query ?? z.object({}));
  const readBody = strictReader(route.body ?? z.object({}).optional());

  return (raw) => {
    const path = readParams(raw.params);
    if (path.faults !== undefined) {
      const [fault] = path.faults;
      throw new TouchstoneError(
        'not_found',
        `There is nothing at this address: ${fault?.path} ${fault?.message}.`,
      );
    }
    const asked = readQuery(withPluses(raw.query));
    const sent = readBody(raw.body);
    if (asked.faults === undefined && sent.faults === undefined) {
      return { params: path.data, query: asked.data, body: sent.data };
    }
    const ofBody = (sent.faults ?? []).map((fault) => ({ ...fault, path: fault.path || 'body' }));
    const fields = [...(asked.faults ?? []), ...ofBody];
    throw new TouchstoneError('invalid', summaryOf(fields), fields);
  };
}

// A plus that was not encoded arrives as a space: `12:00:00+05:45` as `12:00:00 05:45`.
function withPluses(query: unknown): unknown {
  if (query === null || typeof query !== 'object') return query;
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:?\d\d)$/, '$1+$2') : value,
    ]),
  );
}

function summaryOf(fields: FieldFault[]): string {
  const [first] = fields;
  return fields.length === 1
    ? `The request is not valid: ${first?.path} ${first?.message}.`
    : `The request is not valid: ${fields.length} faults, see fields.`;
}
