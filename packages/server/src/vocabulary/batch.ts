import { type ZodType, z } from 'zod';
import type { ErrorCode, FieldFault } from './errors.ts';
import { TouchstoneError } from './errors.ts';
import { groupBy } from './group-by.ts';
import { strictReader } from './read-strictly.ts';

/** What became of one thing that was sent; the same again is unchanged, a version older than the held one ignored. */
export type ItemOutcome =
  | { outcome: 'created' | 'updated' | 'unchanged' | 'ignored_older'; id: string; external_id: string }
  | { outcome: 'rejected'; external_id: string | null; error: Refused };

type Refused = { code: ErrorCode; message: string; fields: FieldFault[] };

/** A rejected item, with all of its faults. */
export function rejected(external_id: string | null, fields: FieldFault[]): ItemOutcome {
  const [first] = fields;
  const message =
    fields.length === 1 ? `${first?.path} ${first?.message}.` : `${fields.length} faults, see fields.`;
  return { outcome: 'rejected', external_id, error: { code: 'invalid', message, fields } };
}

/**
 * The outcome of a thing sent by itself.
 *
 * @throws what it was rejected for
 */
export function taken(outcome: ItemOutcome): Exclude<ItemOutcome, { outcome: 'rejected' }> {
  if (outcome.outcome !== 'rejected') return outcome;
  const { code, message, fields } = outcome.error;
  throw new TouchstoneError(code, `The request is not valid: ${message}`, fields);
}

const largestBatch = 1000;

/** The body of a batch. Its items are documented as what they are, and checked one by one by `batchRecorder`. */
export function batchOf(item: ZodType, most = largestBatch) {
  const { $schema: _, ...shape } = z.toJSONSchema(item, {
    io: 'input',
    unrepresentable: 'any',
    // The format says it; its 300 characters of expression help nobody.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return z.object({ items: z.array(z.unknown().meta(shape)).min(1).max(most) });
}

/** The shape of a batch's answer: a row per item, at the item's place. */
export const batchData = z.array(
  z.object({
    index: z.int(),
    outcome: z.enum(['created', 'updated', 'unchanged', 'ignored_older', 'rejected']),
    id: z.string().optional(),
    external_id: z.string().nullable(),
    error: z
      .object({
        code: z.string(),
        message: z.string(),
        fields: z.array(z.object({ path: z.string(), message: z.string() })),
      })
      .optional(),
  }),
);

/**
 * Makes the verb of a batch: the items that can be read are recorded, the others rejected. It answers per item, at its
 * place, with counts in `meta`.
 */
export function batchRecorder<S extends ZodType>(schema: S) {
  const read = strictReader(schema);
  return async (
    items: unknown[],
    record: (inputs: z.output<S>[]) => Promise<ItemOutcome[]>,
  ): Promise<{ data: z.output<typeof batchData>; meta: Record<ItemOutcome['outcome'], number> }> => {
    const readings = items.map(read);
    const inputs = readings.flatMap(({ data, faults }) => (faults === undefined ? [data] : []));
    const recorded = (await record(inputs)).values();
    const meta = { created: 0, updated: 0, unchanged: 0, ignored_older: 0, rejected: 0 };
    const data = readings.map(({ faults }, index) => {
      const outcome =
        faults === undefined ? recorded.next().value! : rejected(externalIdOf(items[index]), faults);
      meta[outcome.outcome] += 1;
      return { index, ...outcome };
    });
    return { data, meta };
  };
}

/** Parts of a list in which no key appears twice, so that what is sent twice is taken one after the other. */
export function withoutRepeats<T>(items: T[], keyOf: (item: T) => string): T[][] {
  const timesSeen = new Map<string, number>();
  const rounds = groupBy(items, (item) => {
    const round = timesSeen.get(keyOf(item)) ?? 0;
    timesSeen.set(keyOf(item), round + 1);
    return round;
  });
  return [...rounds.values()];
}

function externalIdOf(item: unknown): string | null {
  const named = z.object({ external_id: z.string() }).safeParse(item);
  return named.success ? named.data.external_id : null;
}
