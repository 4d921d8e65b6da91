import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { campaignKey } from '../../api/campaigns.ts';

/**
 * A change of a campaign: afterwards everything that shows it is asked for again. Its effect on figures comes when the
 * orders it reaches are settled, a moment later.
 */
export function useCampaignChange<Input, Answer>(
  campaignId: string,
  change: (input: Input) => Promise<Answer>,
  { onDone }: { onDone?: (answer: Answer) => void } = {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (answer) => {
      void client.invalidateQueries({ queryKey: campaignKey(campaignId) });
      void client.invalidateQueries({ queryKey: ['campaigns'] });
      void client.invalidateQueries({ queryKey: ['report'] });
      onDone?.(answer);
    },
    onError: (error) =>
      notifications.show({ color: 'red', title: 'Nothing was changed', message: error.message }),
  });
}
