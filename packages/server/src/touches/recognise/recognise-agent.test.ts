import crawlers from 'crawler-user-agents' with { type: 'json' };
import agents from 'top-user-agents';
import { describe, expect, it } from 'vitest';
import { recogniseAgent } from './recognise-agent.ts';

const typeOf = (agent: string) => recogniseAgent(agent).device_type;

describe('over lists of real user agents', () => {
  it('misses less than 1 % of crawlers', () => {
    const instances = crawlers.flatMap(({ instances }) => instances ?? []);
    expect(instances.length).toBeGreaterThan(2000);
    const missed = instances.filter((agent) => typeOf(agent) !== 'bot');
    expect(missed.length / instances.length).toBeLessThan(0.01);
  });

  it('takes none of the most used browsers for a bot, and knows the device of each', () => {
    const types = agents.map((agent) => [typeOf(agent), agent] as const);
    expect(types.filter(([type]) => type === 'bot' || type === null)).toEqual([]);
    const isPhone = (agent: string) => /iPhone|Android.*Mobile/.test(agent);
    const wrong = types.filter(([type, agent]) => (type === 'mobile') !== isPhone(agent));
    expect(wrong).toEqual([]);
  });
});

describe('a user agent', () => {
  it.each([
    [
      'iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
      'mobile',
      'Safari',
      'iOS',
    ],
    [
      'iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.7 Mobile/15E148 Safari/604.1',
      'tablet',
      'Safari',
      'iOS',
    ],
    [
      'Linux; Android 15; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36',
      'tablet',
      'Chrome',
      'Android',
    ],
    [
      'Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0',
      'desktop',
      'Microsoft Edge',
      'Windows',
    ],
  ])('Mozilla/5.0 (%s is a %s', (agent, device_type, browser, os) => {
    expect(recogniseAgent(`Mozilla/5.0 (${agent}`)).toMatchObject({ device_type, browser, os });
  });

  it('that says nothing is nothing known', () => {
    expect(recogniseAgent('')).toEqual({ device_type: null, browser: null, os: null });
  });
});
