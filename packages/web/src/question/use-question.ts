import { useMemo } from 'react';
import { useInstallation } from '../session/use-installation.ts';
import { type UrlState, useUrlState } from '../url-state.ts';
import { type Day, isDay } from './days.ts';
import { type DayRange, type Preset, presets, rangeOf } from './ranges.ts';

/** The parts of the address that ask the question; links keep them from page to page. */
export const questionParts = ['range', 'from', 'to', 'tz', 'currency', 'model', 'compare', 'basis'] as const;

/** What all reports of a view are asked, with everything left open filled in. */
export type Question = DayRange & {
  preset: Preset | undefined;
  tz: string;
  currency: string;
  model: string;
  additive: boolean;
  compare: boolean;
  basis: 'sale' | 'posted';
};

/** The question that the address asks; where it names no model, the preferred one is taken. */
export function useQuestion(preferred = 'product_split'): Question {
  const [state] = useUrlState();
  const installation = useInstallation();
  return useMemo(
    () => readQuestion({ model: preferred, ...state }, installation, new Date()),
    [preferred, state, installation],
  );
}

type Defaults = {
  time_zone: string;
  currency: string;
  models: { model: string; status: string; additive: boolean }[];
};

export function readQuestion(state: UrlState, defaults: Defaults, now: Date): Question {
  const tz = isZone(state.tz) ? state.tz : defaults.time_zone;
  const published = defaults.models.filter(({ status }) => status === 'published');
  const model =
    published.find(({ model }) => model === state.model) ??
    published.find(({ model }) => model === 'product_split') ??
    published[0];
  return {
    ...readRange(state, tz, now),
    tz,
    currency: /^[A-Z]{3}$/.test(state.currency ?? '') ? state.currency! : defaults.currency,
    model: model?.model ?? 'product_split',
    additive: model?.additive ?? true,
    compare: state.compare !== 'none',
    basis: state.basis === 'posted' ? 'posted' : 'sale',
  };
}

/** The question as reports take it in their query string. */
export function reportQueryOf(question: Question): Record<string, string | undefined> {
  const { from, to, tz, currency, model, basis, compare } = question;
  return { from, to, tz, currency, model, basis, compare: compare ? 'previous' : undefined };
}

function readRange(
  { range, from, to }: UrlState,
  tz: string,
  now: Date,
): DayRange & { preset: Preset | undefined } {
  if (isDay(from) && isDay(to)) {
    const [first, last]: [Day, Day] = from <= to ? [from, to] : [to, from];
    return { from: first, to: last, preset: undefined };
  }
  const preset = presets.find(({ id }) => id === range)?.id ?? presets[0].id;
  return { ...rangeOf(preset, tz, now), preset };
}

function isZone(name: string | undefined): name is string {
  if (name === undefined) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
