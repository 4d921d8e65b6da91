import { Combobox, Loader, Modal, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useSession } from '../session/use-session.ts';
import { type Found, useFound } from './use-found.ts';

/** Search over campaigns, orders, products and customers; arrows choose, Enter goes there. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 150);
  const { groups, searching } = useFound(asked, useSession().permissions);
  const navigate = useNavigate();
  const combobox = useCombobox({ opened: true });
  const { selectFirstOption } = combobox;
  const count = groups.reduce((sum, { found }) => sum + found.length, 0);
  useEffect(() => {
    if (count > 0) selectFirstOption();
  }, [count, selectFirstOption]);

  const go = (address: string) => {
    const chosen = groups.flatMap(({ found }) => found).find((each) => each.address === address);
    if (chosen === undefined) return;
    onClose();
    void navigate(chosen.link);
  };

  return (
    <Modal opened onClose={onClose} title="Search" size="lg" yOffset="10vh">
      <Combobox store={combobox} onOptionSubmit={go} withinPortal={false}>
        <Combobox.EventsTarget>
          <TextInput
            data-autofocus
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder="A name, tracking code, order number, SKU or email"
            aria-label="Search for"
            leftSection={<IconSearch size={16} />}
            rightSection={searching ? <Loader size={14} /> : undefined}
          />
        </Combobox.EventsTarget>
        <ScrollArea.Autosize mah="50vh" mt="sm" type="auto">
          <Combobox.Options aria-label="Found">
            {groups.map(({ title, found }) => (
              <Combobox.Group key={title} label={title}>
                {found.map((each) => (
                  <FoundOption key={each.address} {...each} />
                ))}
              </Combobox.Group>
            ))}
            {asked !== '' && !searching && count === 0 && (
              <Combobox.Empty>
                Nothing is called that. Orders are found by how their number begins.
              </Combobox.Empty>
            )}
          </Combobox.Options>
        </ScrollArea.Autosize>
      </Combobox>
    </Modal>
  );
}

function FoundOption({ address, label, note }: Found) {
  return (
    <Combobox.Option value={address}>
      <Text size="sm">{label}</Text>
      <Text size="xs" c="dimmed">
        {note}
      </Text>
    </Combobox.Option>
  );
}
