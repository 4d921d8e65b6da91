import { SimpleGrid } from '@mantine/core';
import type { EmailFigures } from '../api/types/email.ts';
import { FigureTile } from '../charts/FigureTile.tsx';
import { formatCount, formatPercent } from '../format/number.ts';
import {
  type EmailFigureName,
  emailFigures,
  formatEmailFigure,
  formatEmailFigureShort,
} from './email-figures.ts';

const shown = ['sent', 'delivered', 'opened', 'clicked', 'revenue', 'spend', 'roi', 'roas'] as const;
const ofReturn = ['spend', 'roi', 'roas'] as const satisfies EmailFigureName[];

type EmailTilesProps = { figures: EmailFigures & { currency: string } };

/** The key figures of mailings; those of the return are left out where spend is nobody's to know. */
export function EmailTiles({ figures }: EmailTilesProps) {
  const names = figures.spend === null ? shown.filter((name) => !isOfReturn(name)) : shown;
  return (
    <SimpleGrid cols={{ base: 2, sm: 4, xl: names.length }} spacing="sm">
      {names.map((name) => (
        <FigureTile
          key={name}
          label={emailFigures[name].label}
          definition={emailFigures[name].definition}
          value={formatEmailFigureShort(name, figures[name], figures.currency)}
          whole={formatEmailFigure(name, figures[name], figures.currency)}
          note={noteOf(name, figures)}
        />
      ))}
    </SimpleGrid>
  );
}

function isOfReturn(name: EmailFigureName): boolean {
  return ofReturn.some((each) => each === name);
}

function noteOf(name: (typeof shown)[number], figures: EmailFigures): string | undefined {
  switch (name) {
    case 'delivered':
      return `${formatPercent(figures.delivery_rate)} of sent`;
    case 'opened':
      return besideMachines(figures.open_rate, figures.machine_opened);
    case 'clicked':
      return besideMachines(figures.click_rate, figures.machine_clicked);
    case 'revenue':
      return `${formatCount(figures.sales)} ${figures.sales === 1 ? 'sale' : 'sales'}`;
    case 'roi':
      return figures.tier ?? undefined;
    default:
      return undefined;
  }
}

function besideMachines(rate: number | null, machines: number): string {
  const apart = machines === 0 ? '' : `, and ${formatCount(machines)} by machines only`;
  return `${formatPercent(rate)} of delivered${apart}`;
}
