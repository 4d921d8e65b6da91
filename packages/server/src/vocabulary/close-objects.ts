import { z } from 'zod';
import { nearest } from './nearest.ts';

type Def = z.core.$ZodTypeDef;

/**
 * The same schema, with every object in it refusing fields it does not know, each at its own path and with the
 * nearest known name. Rooms write plain `z.object`; `z.looseObject` and `z.record` stay open.
 *
 * @throws when the schema has an intersection: neither side of one knows the other's fields. Use `.extend`.
 */
export function closeObjects(schema: z.core.$ZodType): z.core.$ZodType {
  return close(schema, new Map());
}

function close(schema: z.core.$ZodType, done: Map<z.core.$ZodType, z.core.$ZodType>): z.core.$ZodType {
  const closed = done.get(schema) ?? rebuild(schema, (inner) => close(inner, done));
  done.set(schema, closed);
  return closed;
}

function rebuild(
  schema: z.core.$ZodType,
  inner: (schema: z.core.$ZodType) => z.core.$ZodType,
): z.core.$ZodType {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const withDef = (changes: Partial<Def> & Record<string, unknown>) =>
    z.core.clone(schema, { ...def, ...changes } as Def);
  switch (def.type) {
    case 'object': {
      const shape = Object.fromEntries(Object.entries(def.shape).map(([key, field]) => [key, inner(field)]));
      const isOpen = def.catchall !== undefined && def.catchall._zod.def.type !== 'never';
      return withDef({ shape, catchall: isOpen ? def.catchall : refuseAnyBut(Object.keys(shape)) });
    }
    case 'array':
      return withDef({ element: inner(def.element) });
    case 'record':
      return withDef({ valueType: inner(def.valueType) });
    case 'tuple':
      return withDef({ items: def.items.map(inner), rest: def.rest === null ? null : inner(def.rest) });
    case 'union':
      return withDef({ options: def.options.map(inner) });
    case 'pipe':
      return withDef({ in: inner(def.in), out: inner(def.out) });
    case 'lazy':
      return withDef({ getter: () => inner(def.getter()) });
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
      return withDef({ innerType: inner(def.innerType) });
    case 'intersection':
      throw new Error('A route cannot take an intersection, whose sides refuse each other: use .extend().');
    default:
      return schema;
  }
}

function refuseAnyBut(known: string[]): z.ZodType {
  return z.custom(() => false, {
    error: (issue) => {
      const field = String(issue.path?.at(-1));
      const meant = nearest(field, known);
      return meant === undefined
        ? `is not a known field; known are ${known.join(', ') || 'none'}`
        : `is not a known field; did you mean ${meant}?`;
    },
  });
}
