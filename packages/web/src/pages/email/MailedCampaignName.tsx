import { CampaignName } from '../../campaigns/CampaignName.tsx';
import { useMay } from '../../session/use-session.ts';

type MailedCampaignNameProps = { campaign_id: string; name: string };

/** A campaign that leads to its mailings, for those who may see it; a retailer is told the name alone. */
export function MailedCampaignName({ campaign_id, name }: MailedCampaignNameProps) {
  const mayRead = useMay('campaigns:read');
  return mayRead ? <CampaignName id={campaign_id} name={name} tab="emails" /> : name;
}
