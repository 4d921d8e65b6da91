import { Checkbox, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { SiteKey } from '../../api/types/tracking.ts';
import { CopyBlock } from '../../elements/CopyBlock.tsx';
import { EmptyState } from '../../elements/EmptyState.tsx';
import { Panel } from '../../elements/Panel.tsx';
import { useMay } from '../../session/use-session.ts';
import { NewSiteKey } from './NewSiteKey.tsx';
import { checkoutCode, consentCode, snippetOf } from './snippet.ts';

/** What is put into the shop: the line for every page, and what a banner and a checkout add. */
export function Snippets({ keys }: { keys: SiteKey[] }) {
  const mayWrite = useMay('campaigns:write');
  const [chosen, setChosen] = useState<string | null>(null);
  const [asksConsent, setAsksConsent] = useState(false);
  const key = keys.find(({ id }) => id === chosen) ?? keys[0];
  if (key === undefined) {
    return (
      <Panel title="In every page">
        <EmptyState title="No site key yet" action={mayWrite && <NewSiteKey />}>
          The pages of a shop send visits with a public key, so that only your shops do.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <>
      <Panel title="In every page" note="Less than 1.5 kB, no cookie. It goes into the head of each page.">
        <Stack gap="sm">
          {keys.length > 1 && (
            <Select
              label="Site key"
              w={260}
              allowDeselect={false}
              data={keys.map(({ id, name }) => ({ value: id, label: name }))}
              value={key.id}
              onChange={setChosen}
            />
          )}
          <Checkbox
            label="Ask visitors for consent first"
            description="It keeps an id in the browser’s local storage: where the law asks for consent to a cookie, it asks for consent to this as well."
            checked={asksConsent}
            onChange={({ currentTarget }) => setAsksConsent(currentTarget.checked)}
          />
          <CopyBlock what="the line" text={snippetOf(location.origin, key.key, asksConsent)} />
          {asksConsent && (
            <>
              <Text size="sm">And in your consent banner:</Text>
              <CopyBlock what="the call" text={consentCode} />
            </>
          )}
        </Stack>
      </Panel>
      <Panel title="At the checkout" note="The session joins an order to the visits before it.">
        <CopyBlock what="the calls" text={checkoutCode} />
        <Text size="sm" c="dimmed">
          Your own people open the shop once with ?touchstone=off behind the address: their visits are counted
          apart and never credited.
        </Text>
      </Panel>
    </>
  );
}
