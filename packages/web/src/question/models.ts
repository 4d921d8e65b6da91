/** What a model is called and means, in a line. */
export type ModelWords = { label: string; meaning: string };

const words: Record<string, ModelWords> = {
  product_split: {
    label: 'Product, split',
    meaning:
      'Each sale is divided equally among the campaigns that ran for its product. Adds up to the cent.',
  },
  product_full: {
    label: 'Product, full',
    meaning: 'Every campaign that ran for the product gets the whole sale. Reach: it does not add up.',
  },
  last_touch: { label: 'Last touch', meaning: 'The last campaign visited before the order gets all of it.' },
  first_touch: { label: 'First touch', meaning: 'The first campaign visited gets all of the order.' },
  linear: { label: 'Linear', meaning: 'Every visit on the way to the order gets an equal part.' },
  position_based: {
    label: 'Position based',
    meaning: '40 % to the first visit, 40 % to the last, the rest shared by those between.',
  },
  time_decay: {
    label: 'Time decay',
    meaning: 'The nearer a visit is to the order, the more it gets; half as much for each week before.',
  },
  last_non_direct: {
    label: 'Last non-direct',
    meaning: 'The last visit that did not come directly gets all of the order, channels included.',
  },
  markov: {
    label: 'Markov',
    meaning: 'Learned from all paths: what would be lost if a campaign were taken away.',
  },
  shapley: {
    label: 'Shapley',
    meaning: 'Learned from all paths: the average difference a campaign makes to the paths it is on.',
  },
  reported: {
    label: 'As reported',
    meaning: 'What the source systems claim, kept apart to be compared with the credit.',
  },
};

export function modelWords(model: string): ModelWords {
  return words[model] ?? { label: model, meaning: '' };
}
