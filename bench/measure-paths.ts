import { parseArgs } from 'node:util';
import { solveChain } from '../packages/server/src/attribution/data-driven/markov.ts';
import { openChain } from '../packages/server/src/attribution/data-driven/open-chain.ts';
import { openShapley } from '../packages/server/src/attribution/data-driven/shapley.ts';
import { type Dice, seededDice } from '../packages/server/src/cli/demo/dice.ts';

// Learns from paths as they come, one by one: none is kept, so memory grows with the states of the chain alone.
const { values } = parseArgs({
  options: {
    paths: { type: 'string', default: '1000000' },
    campaigns: { type: 'string', default: '50' },
    order: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
  },
});
const count = Number(values.paths);
const campaignIds = Array.from({ length: Number(values.campaigns) }, (_, place) => `campaign ${place}`);

const making = secondsOf(() => {
  for (const _ of makePaths(count, seededDice(Number(values.seed))));
});
const chain = openChain(Number(values.order));
const shapley = openShapley();
const reading = secondsOf(() => {
  for (const path of makePaths(count, seededDice(Number(values.seed)))) {
    chain.add(path);
    shapley.add(path);
  }
});
let conversions = 0;
const solving = secondsOf(() => {
  conversions = solveChain(chain).conversions;
});
console.log(
  `${count} paths of ${campaignIds.length} campaigns, ${conversions} of them converting, order ${chain.order}: ` +
    `${chain.states.length} states; learned in ${(reading - making).toFixed(1)} s, solved in ${solving.toFixed(1)} s ` +
    `of processor time (and ${making.toFixed(1)} s to make the paths up)`,
);

/** Paths as in life: most are short, a few campaigns are in most of them, one in thirty ends in an order. */
function* makePaths(paths: number, dice: Dice) {
  for (let path = 0; path < paths; path += 1) {
    const campaign_ids: string[] = [];
    do campaign_ids.push(campaignIds[Math.floor(campaignIds.length * dice.between(0, 1) ** 2)]!);
    while (dice.chance(0.65));
    const conversions = Number(dice.chance(1 / 30));
    yield { campaign_ids, conversions, lapses: 1 - conversions };
  }
}

/** Of processor time, which other programs on the machine lengthen less than what a clock says. */
function secondsOf(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
