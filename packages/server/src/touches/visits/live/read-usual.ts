import type { ActivityInput, VisitInput } from '../visit-input.ts';

// The schemas once more, written out for the bodies that a page sends, which takes a twentieth of the time. Where a body
// is anything else, it is left to the schema; what is read here is read to the same, and a property test says so.

type Fields = Record<string, unknown>;

/** @returns what `visitInput` makes of it; undefined for a body that is not plainly right, or came by a short link */
export function readUsualVisit(body: unknown): VisitInput | undefined {
  if (!isObject(body)) return undefined;
  for (const name in body) if (!visitFields[name]?.(body[name])) return undefined;
  return body.session_id === undefined || body.landing_page === undefined ? undefined : (body as VisitInput);
}

/** @returns what `activityInput` makes of it; undefined for a body that is not plainly right */
export function readUsualActivity(body: unknown): ActivityInput | undefined {
  if (!isObject(body)) return undefined;
  for (const name in body) if (!activityFields[name]?.(body[name])) return undefined;
  return body.session_id === undefined ? undefined : (body as ActivityInput);
}

type Check = (value: unknown) => boolean;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (longest: number) => (value: unknown) => typeof value === 'string' && value.length <= longest;
const isName = (longest: number) => (value: unknown) =>
  typeof value === 'string' && value.length <= longest && value !== '' && value.trim() === value;
const orNull = (check: Check) => (value: unknown) => value === null || check(value);
const isAddress = isText(4000);

const isLabelName = isName(100);
const isLabel = isText(1000);

function isLabels(value: unknown): boolean {
  if (!isObject(value)) return false;
  let count = 0;
  for (const name in value) {
    count += 1;
    if (count > 50 || name === '__proto__' || !isLabelName(name) || !isLabel(value[name])) return false;
  }
  return true;
}

// Without a prototype, in which a field could be found that nobody named.
const activityFields: Record<string, Check> = Object.assign(Object.create(null), {
  session_id: isName(200),
  key: isText(100),
});
const visitFields: Record<string, Check> = Object.assign(Object.create(null), activityFields, {
  tracking_code: orNull(isName(200)),
  landing_page: isAddress,
  referrer: orNull(isAddress),
  user_agent: orNull(isText(2000)),
  click_ids: orNull(isLabels),
  utm: orNull(isLabels),
  own: (value: unknown) => typeof value === 'boolean',
});
