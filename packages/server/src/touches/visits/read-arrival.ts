import { remembering } from '../../vocabulary/remember.ts';
import { type Channel, classifyArrival, clickIdNames } from '../recognise/classify-arrival.ts';

type Labels = Record<string, string>;

/** An arrival as it was sent. */
export type SentArrival = {
  tracking_code?: string | null;
  landing_page?: string | null;
  referrer?: string | null;
  utm?: Labels | null;
  click_ids?: Labels | null;
};

/** An arrival as it is kept, with the channel it tells. */
export type Arrival = {
  tracking_code: string | null;
  landing_page: string | null;
  referrer: string | null;
  utm: Labels | null;
  click_ids: Labels | null;
  channel: Channel;
};

/**
 * Brings an arrival into the form it is kept in: the code in lower case, UTM parameters by their full names, and what
 * was not sent read from the address arrived at.
 */
export function readArrival(sent: SentArrival): Arrival {
  const landing_page = storable(sent.landing_page);
  const referrer = storable(sent.referrer);
  const utm = named(sent.utm, withPrefix) ?? labelsIn(landing_page, utmIn);
  const click_ids = named(sent.click_ids, lower) ?? labelsIn(landing_page, clickIdsIn);
  const code = sent.tracking_code ?? utm?.utm_campaign;
  const evidence = { utm, click_ids, referrer_host: hostOf(referrer), landing_host: hostOf(landing_page) };
  return {
    tracking_code: storable(code?.toLowerCase().slice(0, longestCode)),
    landing_page,
    referrer,
    utm,
    click_ids,
    channel: classifyArrival(evidence),
  };
}

// No campaign has a longer one; what an ad put into utm_campaign is kept whole there, and would not fit into an index.
const longestCode = 200;

type LabelsIn = { tells: RegExp; isOne: (name: string) => boolean };
const utmIn: LabelsIn = { tells: /[?&]utm_/i, isOne: (name) => name.startsWith('utm_') };
const clickIdsIn: LabelsIn = {
  tells: new RegExp(`[?&](${clickIdNames.join('|')})=`, 'i'),
  isOne: (name) => clickIdNames.includes(name),
};

// Most addresses carry nothing, and are not taken apart.
function labelsIn(page: string | null, { tells, isOne }: LabelsIn): Labels | null {
  if (page === null || !tells.test(page)) return null;
  const query = new URLSearchParams(page.slice(page.indexOf('?') + 1).split('#')[0]);
  const entries = [...query].map(([name, value]) => [lower(name), value] as const);
  return named(Object.fromEntries(entries.filter(([name]) => isOne(name))), lower);
}

/** Labels without empty ones, by the names they are kept under; null when none is left. */
function named(labels: Labels | null | undefined, nameOf: (name: string) => string): Labels | null {
  if (labels === null || labels === undefined) return null;
  if (isAsKept(labels, nameOf)) return labels;
  const kept: Labels = {};
  let isEmpty = true;
  for (const name in labels) {
    const value = storable(labels[name])?.trim().slice(0, 1000);
    if (value === undefined || value === '') continue;
    kept[nameOf(name)] = value;
    isEmpty = false;
  }
  return isEmpty ? null : kept;
}

/** Most labels come as they are kept, and need not be put together anew. */
function isAsKept(labels: Labels, nameOf: (name: string) => string): boolean {
  let isEmpty = true;
  for (const name in labels) {
    if (nameOf(name) !== name || !plainLabel.test(labels[name]!)) return false;
    isEmpty = false;
  }
  return !isEmpty;
}

const plainLabel = /^[!-~](?:[ -~]{0,998}[!-~])?$/;
// Names are few, and a new text costs more than one that is remembered.
const lower = remembering((name) => name.toLowerCase());
const withPrefix = remembering((name) => (/^utm_/i.test(name) ? lower(name) : `utm_${lower(name)}`));

/** Half a surrogate pair, which an address that was cut may end in, cannot be stored. */
function storable(text: string | null | undefined): string | null {
  if (text === undefined || text === null || text === '') return null;
  return /[\0\ud800-\udfff]/.test(text) ? Buffer.from(text).toString().replaceAll('\0', '') : text;
}

/** The host of an address, in lower case; of a path, none. */
function hostOf(address: string | null): string | null {
  return address === null ? null : (/^[a-z-]+:\/\/([^/?#:]+)/i.exec(address)?.[1]?.toLowerCase() ?? null);
}
