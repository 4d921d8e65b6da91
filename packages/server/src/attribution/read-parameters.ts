import { z } from 'zod';
import { type ModelParameters, touchKinds } from '../vocabulary/credit.ts';
import { type FieldFault, TouchstoneError } from '../vocabulary/errors.ts';
import { models } from './models/index.ts';

/** The parameters of any model, as they are given; which of them a model knows is checked by `readParameters`. */
export const parametersField = z.strictObject({
  click_days: z.int().min(1).max(365).nullable().optional().meta({
    description:
      'A visit counts when it was clicked at most this many days before the sale; null: by the visit window',
    example: 30,
  }),
  touches: z
    .array(z.enum(touchKinds))
    .min(1)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'must not name a kind twice')
    .optional()
    .meta({ description: 'The kinds of touches that count', example: ['visit', 'email_click'] }),
  view_days: z.int().min(1).max(365).optional().meta({
    description:
      'With email_open: a mail that was looked at and not clicked counts when that was at most this many days before the sale; 1 unless given',
  }),
  channels: z.boolean().optional().meta({
    description:
      'Whether arrivals without a campaign count, their credit held by the campaign of their channel',
  }),
  first_percent: z.int().min(0).max(100).optional(),
  last_percent: z.int().min(0).max(100).optional(),
  half_life_days: z.number().min(0.01).max(365).optional(),
});

const ofTouches = ['click_days', 'view_days', 'touches', 'channels'];
const usualViewDays = 1;

/**
 * The parameters of a new version: what is given, over the model's defaults.
 *
 * @throws invalid, naming a model nobody knows, a parameter the model has none of, or percentages above 100
 */
export function readParameters(
  name: string,
  given: z.output<typeof parametersField>,
  { visitWindowDays }: { visitWindowDays: number },
): ModelParameters {
  const model = models.get(name);
  if (model === undefined) {
    throw refusal([{ path: 'model', message: `must be one of ${[...models.keys()].join(', ')}` }]);
  }
  const looksAtTouches = model.defaults.visit_window_days !== undefined;
  const known = [
    ...(looksAtTouches ? ofTouches : []),
    ...Object.keys(model.defaults).filter((key) => key !== 'visit_window_days'),
  ];
  const foreign = Object.keys(given).filter((key) => !known.includes(key));
  if (foreign.length > 0) {
    const message = `is no parameter of ${name}: it has ${known.length === 0 ? 'none' : [...new Set(known)].join(', ')}`;
    throw refusal(foreign.map((key) => ({ path: `parameters.${key}`, message })));
  }
  const { click_days, view_days: _, ...rest } = given;
  const seen = viewDaysOf(given, visitWindowDays);
  const parameters: ModelParameters = {
    ...model.defaults,
    ...rest,
    ...(looksAtTouches ? { visit_window_days: visitWindowDays } : {}),
    ...(click_days == null ? {} : { click_days }),
    ...(seen === undefined ? {} : { view_days: seen }),
  };
  if ((parameters.first_percent ?? 0) + (parameters.last_percent ?? 0) > 100) {
    const message = 'and first_percent are more than 100 together';
    throw refusal([{ path: 'parameters.last_percent', message }]);
  }
  return parameters;
}

/** How long something that was only seen counts; undefined where nothing of the kind does. */
function viewDaysOf(
  { touches = [], view_days }: z.output<typeof parametersField>,
  visitWindowDays: number,
): number | undefined {
  const path = 'parameters.view_days';
  if (!touches.includes('email_open')) {
    if (view_days === undefined) return undefined;
    throw refusal([{ path, message: 'is of what was only seen: add email_open to touches' }]);
  }
  if (view_days !== undefined && view_days > visitWindowDays) {
    throw refusal([{ path, message: `must be at most the visit window, ${visitWindowDays}` }]);
  }
  return view_days ?? usualViewDays;
}

function refusal(faults: FieldFault[]): TouchstoneError {
  return new TouchstoneError('invalid', `${faults[0]!.path} ${faults[0]!.message}.`, faults);
}
