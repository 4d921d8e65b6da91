import { Button, Group, Paper } from '@mantine/core';
import type { Overview } from '../../api/types/report.ts';
import { useCampaigns } from '../../campaigns/use-campaigns.ts';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { ButtonLink } from '../../elements/links.tsx';
import { paths } from '../../paths.ts';
import { useMay } from '../../session/use-session.ts';

/** What to do first in an installation that has no campaign yet. */
export function FirstSteps({ overview }: { overview: Overview }) {
  const { data } = useCampaigns();
  const mayWrite = useMay('campaigns:write');
  if (data === undefined || data.rows.length > 0 || overview.revenue !== 0) return null;
  return (
    <Paper withBorder bg="var(--raised)">
      <EmptyState
        title="Nothing is promoted yet"
        action={
          <Group gap="sm" mt="sm">
            {mayWrite && <ButtonLink to={paths.newCampaign}>Create a campaign</ButtonLink>}
            <Button component="a" href="/docs" variant="default">
              Send orders by the API
            </Button>
          </Group>
        }
      >
        Create a campaign, say which products it promotes and start it. From then on every order of these
        products credits it, and here you see what it earned.
      </EmptyState>
    </Paper>
  );
}
