import { cameInside } from './inside.ts';

type Labels = { [name: string]: string };

/** How somebody came to a page, as its address and its referrer tell. */
export type Arrival = {
  landing_page: string;
  referrer?: string;
  tracking_code?: string;
  utm: Labels;
  click_ids: Labels;
};

const clickIds = /^(gclid|gbraid|wbraid|fbclid|ttclid|msclkid|twclid|li_fat_id|rdt_cid)$/;

/** What is not there is left out; what is longer than the server takes is cut. */
export function readArrival({ href, searchParams }: URL, referrer: string): Arrival {
  const utm: Labels = {};
  const click_ids: Labels = {};
  searchParams.forEach((value, name) => {
    const labels = /^utm_/.test(name) ? utm : clickIds.test(name) && click_ids;
    if (value && labels) labels[name] = value.slice(0, 1000);
  });
  return {
    // What stands behind the # never leaves the browser: some sites keep secrets there.
    landing_page: href.split('#')[0]!.slice(0, 2000),
    referrer: referrer.slice(0, 2000) || undefined,
    tracking_code: utm.utm_campaign?.slice(0, 200),
    utm,
    click_ids,
  };
}

/** Whether a campaign or another site led here, or nobody: from page to page of one site is no arrival. */
export function isArrival({ utm, click_ids, referrer }: Arrival): boolean {
  const isInside = cameInside() || referrer?.split('/')[2] === location.host;
  return !isInside || !!Object.keys({ ...utm, ...click_ids })[0];
}
