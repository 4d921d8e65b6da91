import agents from 'top-user-agents';
import { type Dice, seededDice } from '../../packages/server/src/cli/demo/dice.ts';

export const siteKeyOfBench = 'tss_key-of-the-bench';
export const codesOfBench = Array.from({ length: 200 }, (_, place) => `BENCH_${place}`);

/** A request as autocannon takes it; `[<id>]` becomes a session of its own each time it is sent. */
export type VisitRequest = { method: 'POST'; path: string; headers: Record<string, string>; body: string };

/** Arrivals as in life: a thousand browsers at two thousand addresses, two in three by a link of a campaign. */
export function makeVisitRequests(count: number): VisitRequest[] {
  const dice = seededDice(1);
  return Array.from({ length: count }, (_, place) => ({
    method: 'POST' as const,
    path: '/api/v1/campaigns/track-visit',
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'user-agent': agentNumber(place % 1000),
      'x-forwarded-for': addressIn(dice),
      'x-site-key': siteKeyOfBench,
      origin: 'https://shop.example',
    },
    body: JSON.stringify({ session_id: '[<id>]', ...arrival(dice) }),
  }));
}

/** The most used browsers, each in several versions. */
function agentNumber(place: number): string {
  const agent = agents[place % agents.length]!;
  return agent.replace(/(Chrome|Version|Firefox)\/(\d+)/, (_, name: string, version: string) => {
    return `${name}/${Number(version) - Math.floor(place / agents.length)}`;
  });
}

function addressIn(dice: Dice): string {
  return [dice.between(20, 200), dice.between(0, 256), dice.between(0, 256), dice.between(1, 255)]
    .map(Math.floor)
    .join('.');
}

function arrival(dice: Dice) {
  if (!dice.chance(2 / 3)) {
    return { landing_page: 'https://shop.example/', referrer: 'https://www.google.com/' };
  }
  const code = codesOfBench[Math.floor(dice.between(0, codesOfBench.length))]!;
  const utm = { utm_source: 'instagram', utm_medium: 'social', utm_campaign: code, utm_content: 'bio' };
  return {
    landing_page: `https://shop.example/dresses?${new URLSearchParams(utm)}`,
    referrer: 'https://l.instagram.com/',
    tracking_code: code,
    utm,
    click_ids: dice.chance(0.3) ? { fbclid: 'IwAR0mQ3T1example0kAvz' } : {},
  };
}
