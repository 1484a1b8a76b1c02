import * as z from 'zod';

type Schema = z.core.$ZodType;

/**
 * The same shape, refusing keys it does not name, at every depth. The contract's objects are open, so that an older
 * client takes a newer answer; what comes in is held to the letter (SECURITY 18, 19).
 */
export function strictSchema(schema: Schema): Schema {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'object') return rebuilt(schema, { ...def, shape: strictShape(def.shape), catchall: z.never() });
  if (def.type === 'array') return rebuilt(schema, { ...def, element: strictSchema(def.element) });
  if (def.type === 'union') return rebuilt(schema, { ...def, options: def.options.map(strictSchema) });
  if (def.type === 'optional' || def.type === 'nullable') {
    return rebuilt(schema, { ...def, innerType: strictSchema(def.innerType) });
  }
  return schema;
}

function strictShape(shape: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, strictSchema(value)]));
}

/** A schema of the same kind and with the same checks. */
function rebuilt(schema: Schema, def: object): Schema {
  return z.core.clone(schema, def as Schema['_zod']['def']);
}

/** `__proto__` and its like, which merge into every object where code is careless; looked for before anything reads it. */
export function hasForbiddenKey(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  // Nothing in the contract is nested nearly as deep.
  if (depth > 20) return true;
  if (Array.isArray(value)) return value.some((entry) => hasForbiddenKey(entry, depth + 1));
  return Object.entries(value).some(
    ([key, entry]) =>
      key === '__proto__' || key === 'constructor' || key === 'prototype' || hasForbiddenKey(entry, depth + 1),
  );
}
