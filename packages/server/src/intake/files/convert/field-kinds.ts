import { type ZodType, z } from 'zod';

/** What a field of the API holds, as far as text must be read differently for it. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'timestamp' | 'day';

/**
 * The fields of an input by their paths (`customer.email`, `lines.*.quantity`, `utm.*`), read off the schema that checks
 * the API's requests: what the API learns, files can say.
 */
export function fieldKinds(schema: ZodType): Map<string, FieldKind> {
  const kinds = new Map<string, FieldKind>();
  collect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, '', kinds);
  return kinds;
}

/** The kind of a field, a record's among them; undefined when there is no such field. */
export function kindOf(kinds: Map<string, FieldKind>, path: string): FieldKind | undefined {
  return kinds.get(path) ?? kinds.get(path.replace(/\.[^.]+$/, '.*'));
}

type Shape = {
  type?: string;
  format?: string;
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  items?: Shape;
  anyOf?: Shape[];
};

function collect(shape: Shape, path: string, kinds: Map<string, FieldKind>): void {
  const below = (key: string) => (path === '' ? key : `${path}.${key}`);
  const choices = (shape.anyOf ?? [shape]).filter(({ type }) => type !== 'null');
  for (const choice of choices) {
    if (choice.anyOf !== undefined) collect(choice, path, kinds);
    else if (choice.type === 'object') {
      for (const [key, inner] of Object.entries(choice.properties ?? {})) collect(inner, below(key), kinds);
      if (typeof choice.additionalProperties === 'object') {
        collect(choice.additionalProperties, below('*'), kinds);
      }
    } else if (choice.type === 'array') collect(choice.items ?? {}, below('*'), kinds);
    // An amount is a number or the same as text; the number says what is meant.
    else if (kinds.get(path) !== 'number') kinds.set(path, scalarKind(choice));
  }
}

function scalarKind({ type, format }: Shape): FieldKind {
  if (type === 'number' || type === 'integer') return 'number';
  if (type === 'boolean') return 'boolean';
  if (format === 'date-time') return 'timestamp';
  return format === 'date' ? 'day' : 'text';
}
